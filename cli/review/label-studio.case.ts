/** A local server that speaks the part of Label Studio's HTTP API that is used here, for tests. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Task { id: number; data: Record<string, unknown>; annotations: unknown[] }

export interface Studio {
  readonly url: string
  readonly tasks: Task[]
  labelConfig: string
  /** Method and path of every request, with the authorisation that it bore. */
  readonly seen: string[]
  /** Answers the next request with this status instead. */
  failNext: number
  /** Sends the next request elsewhere. */
  redirectNext: boolean
  close(): Promise<void>
}

export const LEGACY = 'a'.repeat(40)
export const PERSONAL = 'header.payload.signature'
const ACCESS = 'short-lived'

async function bodyOf(request: IncomingMessage): Promise<any> {
  let text = ''
  for await (const part of request) text += String(part)
  return text === '' ? undefined : JSON.parse(text)
}

/** Project 7 is empty at first. */
export async function startStudio(): Promise<Studio> {
  const tasks: Task[] = []
  const seen: string[] = []
  const studio = { url: '', tasks, labelConfig: '<View></View>', seen, failNext: 0, redirectNext: false, close: async () => {} }
  const server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(typeof value === 'string' ? value : JSON.stringify(value))
      }
      const { method = '', url = '' } = request
      const authorization = request.headers.authorization ?? ''
      seen.push(`${method} ${url} ${authorization.split(' ')[0]}`)
      if (studio.redirectNext) {
        studio.redirectNext = false
        return send(302, '', { location: 'http://elsewhere.example/' })
      }
      if (studio.failNext > 0) {
        const status = studio.failNext
        studio.failNext = 0
        return send(status, '<html>')
      }
      if (url === '/api/token/refresh') return body?.refresh === PERSONAL ? send(200, { access: ACCESS }) : send(401, { detail: 'bad' })
      if (authorization !== `Token ${LEGACY}` && authorization !== `Bearer ${ACCESS}`) return send(401, { detail: 'no' })
      if (!url.startsWith('/api/projects/7/')) return send(404, { detail: 'Not found.' })
      const path = url.slice('/api/projects/7'.length)
      if (method === 'GET' && path === '/') return send(200, { id: 7, label_config: studio.labelConfig, task_number: tasks.length })
      if (method === 'PATCH' && path === '/') {
        studio.labelConfig = body.label_config
        return send(200, { id: 7 })
      }
      if (method === 'POST' && path === '/import') {
        for (const task of body) tasks.push({ id: tasks.length + 1, data: task.data, annotations: [] })
        return send(201, { task_count: body.length })
      }
      if (method === 'GET' && path.startsWith('/export?')) return send(200, tasks)
      return send(405, {})
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  studio.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  studio.close = () => new Promise(resolve => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
  return studio
}

/** Someone answers a task. */
export function annotate(task: Task, choice: string, why: string, by: number): void {
  task.annotations.push({ id: 1, completed_by: by, was_cancelled: false, created_at: '2026-01-30T10:00:00.5Z', result: [{ from_name: 'decision', to_name: 'pair', type: 'choices', value: { choices: [choice] } }, { from_name: 'why', to_name: 'pair', type: 'textarea', value: { text: [why] } }] })
}
