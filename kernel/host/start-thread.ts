import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a thread at a module of this package. From source, Node 20 does not pass the loader of TypeScript on to
 * threads, so the thread is given it first.
 */
export function startThread(module: URL, options: WorkerOptions): Worker {
  if (!module.pathname.endsWith('.ts')) return new Worker(module, options)
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const script = `const { register } = await import(${loader}); register(); await import(${JSON.stringify(module.href)})`
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), options)
}
