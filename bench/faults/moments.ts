/** The command killed at random moments, and run eight times at once. */
import { seededNumbers } from '../../kernel/host/store/sample.case.ts'
import { openStore } from '../../kernel/host/store/store.ts'
import { section, tell } from './report.ts'
import { acknowledgedBy, brokenAfterwards, brokenNow, COMMAND, digestsOf, launch, newScene, removeScene, ROOT, type Expected } from './scene.ts'

/** Kills on one growing store, so that leftovers meet leftovers; every tenth is followed by an undisturbed run. */
export async function randomKills(expected: Expected, kills: number, seed: number): Promise<void> {
  const done = section(`killed at ${kills} random moments, seed ${seed}`)
  const random = seededNumbers(seed)
  let scene = newScene()
  let acknowledged = acknowledgedBy(await launch(process.execPath, scene.args))
  let longest = 0
  for (let kill = 1; kill <= kills; kill++) {
    const wait = Math.floor(random() * Math.max(1500, longest))
    const ended = await launch(process.execPath, scene.args, { killAfter: wait })
    acknowledged.push(...acknowledgedBy(ended))
    if (ended.code === 0) longest = Math.max(longest, ended.took)
    const wrong = brokenNow(scene, expected, acknowledged)
    if (kill % 10 === 0) {
      wrong.push(...(await brokenAfterwards(scene, expected, acknowledged)))
      removeScene(scene)
      scene = newScene()
      acknowledged = []
    }
    tell(`--only random --seed ${seed}: kill ${kill} after ${wait} ms`, wrong)
  }
  removeScene(scene)
  done()
}

/** Eight processes on one store, the same request and the same output; then a replay by the command itself. */
export async function together(expected: Expected, rounds: number): Promise<void> {
  const done = section(`eight processes at once, ${rounds} rounds`)
  for (let round = 1; round <= rounds; round++) {
    const scene = newScene()
    const ended = await Promise.all(Array.from({ length: 8 }, () => launch(process.execPath, scene.args)))
    const wrong = ended.filter(({ code }) => code !== 0).map(({ code, stderr }) => `exit ${code}: ${stderr.trim().split('\n').at(-1)}`)
    const acknowledged = ended.flatMap(acknowledgedBy)
    wrong.push(...brokenNow(scene, expected, acknowledged))
    if (new Set(acknowledged.map(({ attempt }) => attempt)).size !== acknowledged.length) wrong.push('two have the same attempt')
    if (acknowledged.length > 0 && openStore(scene.store, { readOnly: true }).attempts().length !== acknowledged.length) wrong.push('not as many attempts as were acknowledged')
    if (digestsOf(scene.out).size !== expected.outputs.size) wrong.push('outputs are missing')
    const replay = await launch(process.execPath, [COMMAND[0]!, 'replay', 'latest', '--store-dir', scene.store, '--json'])
    if (replay.code !== 0) wrong.push(`replay: exit ${replay.code}: ${replay.stderr.trim().split('\n').at(-1)}`)
    tell(`eight times: node ${COMMAND.join(' ').replaceAll(ROOT, '.')}`, wrong)
    removeScene(scene)
  }
  done()
}
