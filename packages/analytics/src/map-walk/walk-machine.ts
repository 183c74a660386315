import { WALK_PROGRAM } from './walk-program.ts'

// The one thing of the platform that a package uses: what runs in it gets numbers and gives numbers.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** The compiled walk (tools/map-walk) with a memory of its own; places are bytes from the memory's start. */
export interface WalkMachine {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** 1: it trapped because no more memory may be taken. */
  readonly full: { readonly value: number }
  /** Forgets what was counted and lays everything out anew. @returns the table of places (walk-layout.ts) */
  readonly begin: (
    steps: number,
    stages: number,
    slices: number,
    groups: number,
    lengthMs: number,
    windowMs: number,
    nowMs: number,
    soonMs: number,
    fromMs: number,
    keptUntilMs: number,
    sampleSize: number,
    mostHeldEdges: number,
    mostHeldNext: number,
    repeats: number,
    obligatoryLow: number,
    obligatoryHigh: number,
  ) => number
  /** @returns the place of so many bytes, until the next `begin` */
  readonly room: (bytes: number) => number
  /** Counts rows `from` to `to` − 1. @returns where the money of the next row lies */
  readonly run: (
    events: number,
    ends: number,
    customers: number,
    money: number,
    from: number,
    to: number,
  ) => number
}

/** Machines of one thread: memory that a count needed is used again, and what is much is let go. */
export interface MapWalks {
  readonly borrow: () => WalkMachine
  readonly giveBack: (machine: WalkMachine) => void
}

/** A count of 25 steps takes some 10 MB. */
const MOST_IDLE_BYTES = 32_000_000

export function mapWalks(): MapWalks {
  let module: object | null = null
  let idle: WalkMachine | null = null
  return {
    borrow() {
      const machine = idle
      idle = null
      if (machine !== null) return machine
      module ??= new WebAssembly.Module(bytesOf(WALK_PROGRAM))
      // The cast: what the program exports is known by its source alone.
      return new WebAssembly.Instance(module).exports as WalkMachine
    },
    giveBack(machine) {
      // TRICKY: what is let go is given back when it is collected, which is late; so it is seldom let go.
      if (machine.memory.buffer.byteLength <= MOST_IDLE_BYTES) idle = machine
    },
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Of base64. */
function bytesOf(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (const digit of digits) {
    held = ((held << 6) | DIGITS.indexOf(digit)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >> bits
  }
  return bytes
}
