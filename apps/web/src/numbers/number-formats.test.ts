import { describe, expect, test } from 'vitest'
import { numberFormats } from './number-formats.ts'

const formats = numberFormats('en', 'EUR', 'UTC')

describe('[UI1] numbers are said by Intl', () => {
  test.each([
    [null, '—'],
    [0, '0%'],
    [0.0008, '0.08%'],
    [0.0432, '4.3%'],
    [0.0996, '10%'],
    [0.624, '62%'],
    [1, '100%'],
  ])('[UI1] the share %s is %s', (share, text) => {
    expect(formats.percent(share)).toBe(text)
  })

  test.each([
    [null, '—'],
    [40, '40ms'],
    [1_000, '1s'],
    [61_000, '1m 1s'],
    [3_599_900, '1h'],
    [3_600_000, '1h'],
    [187_200_000, '2d 4h'],
    [86_399_999, '1d'],
    [31_536_000_000, '365d'],
  ])('[UI1] %s ms is %s', (ms, text) => {
    expect(formats.duration(ms)).toBe(text)
  })

  test('[UI1] money keeps its currency, and large money is short', () => {
    expect(formats.compactMoney(41_330)).toBe('€41.3K')
    expect(formats.compactMoney(812.4)).toBe('€812')
    expect(formats.money(41_330.2)).toBe('€41,330')
    expect(numberFormats('ru', 'EUR', 'UTC').compactMoney(41_330)).toMatch(/41,3.тыс\..€/)
    expect(numberFormats('zh', 'EUR', 'UTC').compactMoney(41_330)).toBe('€4.13万')
  })

  test('[UI1] a period names its last day, not the day after', () => {
    const text = formats.period(Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1))
    expect(text).toMatch(/^Oct 1\s–\s31, 2026$/)
  })

  test('[UI1] emotion carries its sign', () => {
    expect([0.64, -1.34, 0].map((mean) => formats.emotion(mean))).toEqual(['+0.6', '-1.3', '0.0'])
  })
})
