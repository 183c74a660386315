import { readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly platform: string
  /** Of the minute before the run: above 0.3 the figures are disturbed. */
  readonly load: number
  /** Bytes read plus bytes written by one thread copying arrays far larger than the caches, GB/s: what no scan in memory can beat. */
  readonly copyGbPerSecond: number
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    copyGbPerSecond: measuredCopyBandwidth(),
  }
}

/** Copies between two arrays of 128 MB: every byte is read once and written once; best of five. */
function measuredCopyBandwidth(): number {
  const bytes = 134_217_728
  const from = new Float64Array(bytes / 8).fill(1)
  const to = new Float64Array(bytes / 8)
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const startMs = performance.now()
    to.set(from)
    best = Math.min(best, performance.now() - startMs)
  }
  // Twice: read and written.
  return Math.round(((2 * bytes) / (best / 1000) / 1e9) * 10) / 10
}

export interface ProcessMemory {
  readonly rssMb: number
  readonly peakMb: number
}

/** @returns null where there is no /proc */
export function memoryOf(pid: number | 'self'): ProcessMemory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1])
    const rssMb = Math.round(kb('VmRSS') / 1024)
    // A process that ended and was not collected has a status without memory.
    return Number.isNaN(rssMb) ? null : { rssMb, peakMb: Math.round(kb('VmHWM') / 1024) }
  } catch {
    return null
  }
}

/**
 * Of the process and everything below it, in MB, memory that several share counted once (PSS); null
 * where there is no /proc.
 */
export function proportionalMemoryOfTree(pid: number): number | null {
  const kb = proportionalKb(pid)
  if (kb === null) return null
  return childrenOf(pid).reduce(
    (sum, child) => sum + (proportionalMemoryOfTree(child) ?? 0),
    Math.round(kb / 1024),
  )
}

function proportionalKb(pid: number): number | null {
  try {
    const kb = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1])
    return Number.isNaN(kb) ? null : kb
  } catch {
    return null
  }
}

/** Of every thread: a child belongs to the thread that made it. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim()
      return text === '' ? [] : text.split(' ').map(Number)
    })
  } catch {
    return []
  }
}

const TICK_MS = 10

/** Processor time of a process and all below it, threads included; those that ended are missing. */
export function cpuMsOfTree(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Behind the name, which may hold anything: user and system time are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS
  return childrenOf(pid).reduce((sum, child) => sum + cpuMsOfTree(child), own)
}
