/**
 * The network port: the only place from which a byte leaves the machine, and only after the user opened it. What comes
 * back is bounded in size and time. Redirects are not followed: they would send a token to another host.
 */
import { HotpassError } from '../error.ts'

export interface NetworkRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: string
}

export interface NetworkResponse {
  readonly status: number
  readonly text: string
}

export interface Network {
  /** Throws E_REMOTE when nothing, too much or a redirect comes back. Answers of any status are returned. */
  request(request: NetworkRequest): Promise<NetworkResponse>
}

export interface NetworkLimits {
  readonly seconds: number
  readonly bytes: number
}

const LIMITS: NetworkLimits = { seconds: 30, bytes: 256 * 1_048_576 }

/** The address, when it is one of HTTP. Throws E_USAGE. `flag` is how people gave it. */
export function httpAddress(text: string, flag: string): URL {
  let url: URL | undefined
  try {
    url = new URL(text)
  } catch {
    url = undefined
  }
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new HotpassError('E_USAGE', `${flag} is not an address of HTTP`, { hint: 'for example https://labels.example' })
  if (url.username !== '' || url.password !== '') throw new HotpassError('E_USAGE', `${flag} holds a password`, { hint: 'give the token by its own flag or variable' })
  return url
}

/**
 * Opens the network. Throws E_NETWORK unless the user allowed it: `purpose` says who would be contacted and what for.
 */
export function openNetwork(allowed: boolean, purpose: string, signal: AbortSignal, limits: NetworkLimits = LIMITS): Network {
  if (!allowed) throw new HotpassError('E_NETWORK', `${purpose} needs the network, which is closed`, { hint: 'open it on purpose with --allow-network, or pipeline.allow_network in a configuration file' })
  return {
    async request({ method, url, headers = {}, json }) {
      const host = new URL(url).host
      const fault = (what: string, cause?: unknown): HotpassError => new HotpassError('E_REMOTE', `${host} ${what}`, { cause, hint: 'check the address and that the service is up, then try again; nothing was changed here' })
      const timer = AbortSignal.timeout(limits.seconds * 1000)
      try {
        const response = await fetch(url, { method, redirect: 'manual', signal: AbortSignal.any([signal, timer]), headers: { accept: 'application/json', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(json === undefined ? {} : { body: json }) })
        if (response.status >= 300 && response.status < 400) throw fault(`answers with a redirect (${response.status}), which is not followed`)
        return { status: response.status, text: await bodyOf(response, limits.bytes, fault) }
      } catch (error) {
        if (error instanceof HotpassError || signal.aborted) throw signal.aborted ? signal.reason : error
        if (timer.aborted) throw fault(`did not answer within ${limits.seconds} seconds`, error)
        const code = ((error as Error).cause as { readonly code?: string } | undefined)?.code
        throw fault(`cannot be reached${code === undefined ? '' : ` (${code})`}`, error)
      }
    }
  }
}

async function bodyOf(response: Response, most: number, fault: (what: string) => HotpassError): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  if (response.body !== null) {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > most) throw fault(`answers with more than ${most} bytes`)
      parts.push(part)
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw fault('answers with what is no UTF-8 text')
  }
}
