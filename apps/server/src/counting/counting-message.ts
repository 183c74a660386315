import type { Counted, Counting, Part } from '@parcurs/analytics'

/** Bytes are handed over, not copied. */
export type ToCounter =
  /**
   * @param whole false: what is counted is a part, for another thread to take in
   * @param givenUp one number that both sides see; 1: nobody waits any more. It is seen between two pieces, where a
   *   message would wait for all that came before it
   */
  | {
      readonly kind: 'order'
      readonly id: number
      readonly counting: Counting
      readonly whole: boolean
      readonly givenUp: SharedArrayBuffer
    }
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: ArrayBuffer }
  /** @param others what other threads have counted of the same, of other customers */
  | { readonly kind: 'end'; readonly id: number; readonly others: readonly Part[] }
  | { readonly kind: 'give-up'; readonly id: number }

export type FromCounter =
  /** The program is loaded: from now on the thread answers. */
  | { readonly kind: 'ready' }
  /** A piece was taken: another one may be sent. */
  | { readonly kind: 'taken'; readonly id: number }
  | { readonly kind: 'counted'; readonly id: number; readonly counted: Counted }
  | { readonly kind: 'part'; readonly id: number; readonly part: Part }
  | {
      readonly kind: 'failed'
      readonly id: number
      readonly why: string
      readonly tooMuch: boolean
    }
  /** The thread is free of an order, whatever became of it. */
  | { readonly kind: 'left'; readonly id: number }
