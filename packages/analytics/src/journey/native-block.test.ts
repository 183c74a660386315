import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NativeBlock, nativeBlocks } from './native-block.ts'

/** Two columns, as ClickHouse writes them: `customer UInt64` and `times Array(Float64)`, then a `String`. */
function blockBytes(
  rows: readonly (readonly [bigint, readonly number[], string])[],
  type = 'UInt64',
): number[] {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]
  const text = (value: string): number[] => {
    const bytes = Array.from(value, utf8).flat()
    return [...varint(bytes.length), ...bytes]
  }
  const numbers = (array: BigUint64Array | Float64Array) => [...new Uint8Array(array.buffer)]
  let end = 0n
  const ends = rows.map(([, times]) => {
    end += BigInt(times.length)
    return end
  })
  return [
    ...varint(3),
    ...varint(rows.length),
    ...text('customer'),
    ...text(type),
    ...numbers(new BigUint64Array(rows.map(([customer]) => customer))),
    ...text('times'),
    ...text('Array(Float64)'),
    ...numbers(new BigUint64Array(ends)),
    ...numbers(new Float64Array(rows.flatMap(([, times]) => times))),
    ...text('word'),
    ...text('String'),
    ...rows.flatMap(([, , word]) => text(word)),
  ]
}

function utf8(character: string): number[] {
  const point = character.codePointAt(0) ?? 0
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f)
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)]
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)]
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)]
}

async function* pieces(bytes: readonly number[], size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.slice(at, at + size))
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<readonly NativeBlock[]> {
  const blocks: NativeBlock[] = []
  for await (const block of nativeBlocks(chunks)) blocks.push(block)
  return blocks
}

const row = fc.tuple(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.array(fc.double()),
  fc.string(),
)

test('[JO2] blocks come out as they went in, however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 300 }),
      async (blocks, size) => {
        const read = await all(
          pieces(
            blocks.flatMap((rows) => blockBytes(rows)),
            size,
          ),
        )
        expect(read.map(({ rows }) => rows)).toEqual(blocks.map((rows) => rows.length))
        blocks.forEach((rows, i) => {
          const columns = read[i]?.columns
          expect(columns?.get('customer')?.values).toEqual(
            new BigUint64Array(rows.map(([customer]) => customer)),
          )
          expect(columns?.get('times')?.values).toEqual(
            new Float64Array(rows.flatMap(([, times]) => times)),
          )
          let end = 0
          expect([...(columns?.get('times')?.ends ?? [])]).toEqual(
            rows.map(([, times]) => (end += times.length)),
          )
          expect(columns?.get('word')?.values).toEqual(rows.map(([, , word]) => word))
        })
      },
    ),
  )
})

test('[JO2] a stream that is cut short is an error, as is an unknown type', async () => {
  const bytes = blockBytes([[1n, [2], 'x']])
  await expect(all(pieces(bytes.slice(0, -1), 7))).rejects.toThrow('ends inside a block')
  await expect(all(pieces(blockBytes([[1n, [2], 'x']], 'IPv6'), 9))).rejects.toThrow('IPv6')
})
