import { expect, test } from 'vitest'
import { explanationLines, segmentLines } from './segment-text.ts'

// SPEC.md, "Segments".

const off = { state: 'off' as const, by: [] as string[], sinceMs: null, readToMs: null }
const saved = {
  id: 'sg_1',
  name: 'Buyers',
  description: '',
  rule: { kind: 'all' as const, rules: [] },
  fixed: false,
  version: 1,
  ruleVersion: 1,
  createdMs: 0,
  updatedMs: 0,
  owner: null,
  watch: off,
}

test('[CT6] segments are listed with their size, a share of nobody as none', () => {
  const lines = segmentLines(
    [
      { ...saved, size: { customers: 1234, share: 0.5 } },
      { ...saved, name: 'Brought', fixed: true, size: { customers: 0, share: null } },
    ],
    () => 'Customers who did “purchase” ever',
    80,
  )
  expect(lines.slice(1)).toEqual([
    'Buyers       1,234  50.0 %  rule',
    '  Customers who did “purchase” ever',
    'Brought          0       —  list',
  ])
})

test('[CT7] an explanation says which conditions hold and until when', () => {
  const lines = explanationLines('Buyers', {
    customer: '7',
    label: 'Ann',
    member: false,
    atMs: 0,
    untilMs: Date.UTC(2026, 10, 22, 6),
    rule: { kind: 'all', rules: [] },
    parts: [
      { place: 'rule', kind: 'all', holds: false, untilMs: null },
      { place: 'rule.rules[0]', kind: 'trait', holds: true, untilMs: null },
    ],
  })
  expect(lines[0]).toContain('is not in')
  expect(lines[0]).toContain('until 2026-11-22 06:00')
  expect(lines[2]).toMatch(/^· all/)
  expect(lines[3]).toMatch(/^ {2}✓ trait/)
})
