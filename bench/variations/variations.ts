/**
 * What may differ between two machines and must not change a byte. Every variation has a control: a small program
 * whose answer must change under the same wrapper, or the variation proves nothing.
 */

/** Values that carry this marker are poison: none may appear in an output. */
export const POISON = 'i-capture-the'

export interface Place {
  /** Scratch folder of this variation, empty at the start. */
  readonly scratch: string
  /** Folder with the input files; a variation may point elsewhere. */
  input: string
  /** Folder that the command runs in. */
  cwd: string
  /** Node binary. */
  node: string
}

export interface Variation {
  readonly name: string
  /** Shell lines before the command; may change `place`. */
  readonly prepare?: (place: Place) => string
  /** Shell lines after it, whatever happened. */
  readonly cleanUp?: (place: Place) => string
  /** The command line around `"$@"`. */
  readonly wrap?: (place: Place) => string
  /** Further arguments of `run`. */
  readonly args?: readonly string[]
  /** JavaScript that prints what the variation changes; null when nothing can show it. */
  readonly control: string | null
  /** Why there is no control. */
  readonly reason?: string
  /** Programs that must be on the machine, else the variation is reported as not run. */
  readonly needs?: readonly string[]
  /** Part of the fast subset. */
  readonly fast?: boolean
}

const env = (assignment: string) => (): string => `env ${assignment} "$@"`
const zone = 'new Date(86400000*200).toString()'
const locale = "(1234.5).toLocaleString() + ['ä','z','a'].sort((a,b)=>a.localeCompare(b)) + process.env.LC_ALL"
const year = 'new Date().getUTCFullYear()'
const ORDER = '(()=>{const d=require("fs").opendirSync(require("path").dirname(process.argv[1]));const n=[];let e;while((e=d.readSync()))n.push(e.name);return n.join()})()'
const fake = (when: string) => (): string => `faketime '${when}' "$@"`

export const VARIATIONS: readonly Variation[] = [
  { name: 'time zone west', wrap: env('TZ=Etc/GMT+12'), control: zone },
  { name: 'time zone east', wrap: env('TZ=Pacific/Kiritimati'), control: zone },
  { name: 'time zone with half hours', wrap: env('TZ=America/St_Johns'), control: zone, fast: true },
  { name: 'time zone that does not exist', wrap: env('TZ=Bogus/Zone'), control: 'process.env.TZ' },
  { name: 'locale tr_TR', wrap: env('LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8'), control: locale, fast: true },
  { name: 'locale et_EE', wrap: env('LC_ALL=et_EE.UTF-8'), control: locale },
  { name: 'locale ar_EG', wrap: env('LC_ALL=ar_EG.UTF-8'), control: locale },
  { name: 'locale de_CH', wrap: env('LC_ALL=de_CH.UTF-8'), control: locale },
  { name: 'language list', wrap: env('LANGUAGE=et_EE:et'), control: 'process.env.LANGUAGE' },
  { name: 'umask 000', wrap: () => '(umask 000; "$@")', control: 'process.umask()' },
  { name: 'umask 077', wrap: () => '(umask 077; "$@")', control: 'process.umask()', fast: true },
  { name: 'long and odd folder', prepare: place => { place.cwd = `${place.scratch}/${'a'.repeat(200)}/sp ace'q/é漢字`; return `mkdir -p ${quote(place.cwd)}` }, control: 'process.cwd()', fast: true },
  { name: 'folder behind a link', prepare: place => { const link = `${place.scratch}/link`; const old = place.input; place.input = `${link}/${old.split('/').pop()!}`; return `ln -s ${quote(old.split('/').slice(0, -1).join('/'))} ${quote(link)}` }, control: 'process.argv[1]' },
  { name: 'root folder', prepare: place => { place.cwd = '/'; return ':' }, control: 'process.cwd()' },
  { name: 'home that does not exist', wrap: env(`HOME=/nonexistent/${POISON}-home`), control: 'require("os").homedir()' },
  { name: 'no home', wrap: env('-u HOME'), control: 'String(process.env.HOME)' },
  { name: 'XDG folders', wrap: env(`XDG_CONFIG_HOME=/nonexistent/${POISON}-config XDG_CACHE_HOME=/nonexistent/${POISON}-cache`), control: 'process.env.XDG_CONFIG_HOME' },
  { name: 'temporary folder on another file system', wrap: env('TMPDIR=/dev/shm'), control: 'require("os").tmpdir()' },
  { name: 'old files', prepare: copyInput("touch -t 197001010000"), control: 'require("fs").statSync(process.argv[1]).mtimeMs' },
  { name: 'new files', prepare: copyInput('touch -t 210712312359'), control: 'require("fs").statSync(process.argv[1]).mtimeMs' },
  { name: 'directory order: turned round', prepare: disordered('$(test "$(ls -U .)" = "$(LC_ALL=C ls -r .)" && echo --sort-dirents=yes || echo --sort-dirents=yes --reverse-dirents=yes)'), cleanUp: release, control: ORDER, needs: ['disorderfs'] },
  { name: 'directory order: shuffled', prepare: disordered('--shuffle-dirents=yes'), cleanUp: release, control: null, reason: 'a shuffle of a few names may be the order that was', needs: ['disorderfs'] },
  { name: 'inputs on another file system', prepare: place => { const old = place.input; place.input = `${place.scratch}/tm`; return `mkdir -p ${quote(place.input)}; mount -t tmpfs tmpfs ${quote(place.input)}; cp ${quote(old)}/* ${quote(place.input)}/` }, cleanUp: place => `umount ${quote(place.input)}`, control: 'require("fs").statSync(process.argv[1]).dev' },
  { name: 'one processor', wrap: () => 'taskset -c 0 "$@"', control: 'require("os").availableParallelism()', needs: ['taskset'] },
  { name: 'one thread of the pool', wrap: env('UV_THREADPOOL_SIZE=1'), control: 'process.env.UV_THREADPOOL_SIZE' },
  { name: 'many threads of the pool', wrap: env('UV_THREADPOOL_SIZE=128'), control: 'process.env.UV_THREADPOOL_SIZE' },
  ...[1, 2, 3, 7, 16].map((workers): Variation => ({ name: `${workers} workers`, args: ['--workers', String(workers)], control: null, reason: 'the number is an argument of the run itself', fast: workers === 7 })),
  { name: 'low priority', wrap: () => 'nice -n 19 "$@"', control: 'require("os").getPriority()' },
  { name: 'under load', wrap: () => '(for i in 1 2 3 4; do (while :; do :; done) & done; "$@"; code=$?; kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; exit $code)', control: null, reason: 'load shows in time alone' },
  { name: 'clock 1999', wrap: fake('1999-12-31 23:59:59'), control: year, needs: ['faketime'] },
  { name: 'clock 2038', wrap: fake('2038-01-19 03:14:08'), control: year, needs: ['faketime'] },
  { name: 'clock 2107', wrap: fake('2107-12-31 00:00:00'), control: year, needs: ['faketime'] },
  { name: 'leap day', wrap: fake('2024-02-29 12:00:00'), control: year, needs: ['faketime'] },
  { name: 'fast clock', wrap: () => `FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f '@2000-01-01 00:00:00 x1000' "$@"`, control: year, needs: ['faketime'] },
  { name: 'clock going backwards', wrap: place => `(printf '@2030-01-01 00:00:00' > ${quote(place.scratch)}/ft; (sleep 0.3; printf '@2020-01-01 00:00:00' > ${quote(place.scratch)}/ft) & LD_PRELOAD=$(ls /usr/lib/*/faketime/libfaketime.so.1 | head -1) FAKETIME_TIMESTAMP_FILE=${quote(place.scratch)}/ft FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 "$@")`, control: year, needs: ['faketime'] },
  { name: 'host name', wrap: () => `unshare -u sh -c 'hostname ${POISON}-hostname; exec "$@"' x "$@"`, control: 'require("os").hostname()', needs: ['unshare'] },
  { name: 'another user', prepare: openScratch, wrap: () => 'setpriv --reuid=65534 --regid=65534 --clear-groups "$@"', control: 'process.getuid()', needs: ['setpriv'] },
  { name: 'a user without a name', prepare: openScratch, wrap: () => 'setpriv --reuid=4242 --regid=4242 --clear-groups "$@"', control: 'process.getuid()', needs: ['setpriv'] },
  { name: 'process number 1', wrap: () => 'unshare -p -f --mount-proc "$@"', control: 'process.pid', needs: ['unshare'] },
  { name: 'kernel release', wrap: () => 'setarch --uname-2.6 "$@"', control: 'require("os").release()', needs: ['setarch'] },
  { name: 'no address randomisation', wrap: () => 'setarch -R "$@"', control: null, reason: 'nothing in JavaScript shows an address', needs: ['setarch'] },
  { name: 'no network', wrap: () => 'unshare -n "$@"', control: 'JSON.stringify(require("os").networkInterfaces())', needs: ['unshare'] },
  { name: 'on a terminal', wrap: place => `script -qec "$(printf '%q ' "$@")" ${quote(place.scratch)}/typescript`, control: 'String(process.stderr.isTTY)', needs: ['script'] },
  { name: 'input from a pipe', wrap: () => 'sleep 0.1 | "$@"', control: 'require("fs").fstatSync(0).isFIFO()' },
  { name: 'input closed', wrap: () => '"$@" <&-', control: null, reason: 'Node opens /dev/null in its place' },
  { name: '300 more variables', wrap: () => `env $(for i in $(seq 300); do printf 'V%s=${POISON}-%s ' $i $i; done) "$@"`, control: 'Object.keys(process.env).length' },
  { name: 'empty environment', wrap: () => 'env -i "$@"', control: 'Object.keys(process.env).length', fast: true },
  { name: 'several at once', prepare: place => { place.cwd = `${place.scratch}/${'a'.repeat(200)}/sp ace'q/é漢字`; return `mkdir -p ${quote(place.cwd)}` }, wrap: () => '(umask 077; env -i PATH="$PATH" TZ=America/St_Johns LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 "$@")', control: `[${zone}, process.umask(), process.cwd()].join()` },
  { name: 'CI variables', wrap: env('CI=1 NO_COLOR=1 NODE_ENV=production COLUMNS=40 TERM=dumb'), control: 'process.env.CI' },
  { name: 'little memory', wrap: env('NODE_OPTIONS=--max-old-space-size=128'), control: 'require("v8").getHeapStatistics().heap_size_limit' },
  { name: 'few file handles', wrap: () => 'prlimit --nofile=64 "$@"', control: 'require("child_process").execSync("ulimit -n").toString()', needs: ['prlimit'] },
  ...['--jitless', '--single-threaded', '--hash-seed=1', '--gc-interval=200'].map((flag): Variation => ({ name: `V8 ${flag}`, wrap: () => `"$1" ${flag} "\${@:2}"`, control: 'process.execArgv.join()' })),
  { name: 'slow system calls', wrap: () => 'strace -f -qq -o /dev/null -e trace=openat -e inject=openat:delay_enter=200 "$@"', control: null, reason: 'slowness shows in time alone', needs: ['strace'] },
  { name: 'arguments spelled otherwise', prepare: place => { place.input = `${place.input}/../${place.input.split('/').pop()!}/`; return ':' }, control: 'process.argv[1]' }
]

/** A word for the shell. */
export function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`
}

function copyInput(touch: string): (place: Place) => string {
  return place => {
    const old = place.input
    place.input = `${place.scratch}/in`
    return `cp -r ${quote(old)} ${quote(place.input)}; ${touch} ${quote(place.input)}/*`
  }
}

function disordered(flags: string): (place: Place) => string {
  return place => {
    const old = place.input
    place.input = `${place.scratch}/dis`
    return `mkdir -p ${quote(place.input)}; cd ${quote(old)}; disorderfs ${flags} -q ${quote(old)} ${quote(place.input)}`
  }
}

function release(place: Place): string {
  return `fusermount3 -u ${quote(place.input)} 2>/dev/null || fusermount -u ${quote(place.input)}`
}

function openScratch(place: Place): string {
  return `chmod -R 777 ${quote(place.scratch)}`
}
