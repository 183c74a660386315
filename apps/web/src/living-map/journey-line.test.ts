import { expect, test } from 'vitest'
import { bandPath, lineNodes, linePath, lineScale, wedge } from './journey-line.ts'

const scale = lineScale({ top: 10, height: 100, maxThickness: 40 }, 1_000)

test('[UI4] height is emotion, +2 on top and −2 at the bottom', () => {
  expect([2, 0, -2, 5].map((emotion) => scale.y(emotion))).toEqual([10, 60, 110, 10])
})

test('[UI4] thickness is customers, in proportion and never invisible', () => {
  expect([1_000, 500, 3, 0].map((n) => scale.thickness(n))).toEqual([40, 20, 1, 0])
  expect(lineScale({ top: 0, height: 1, maxThickness: 40 }, 0).thickness(0)).toBe(0)
})

test('[UI4] a step nobody spoke of stands between its neighbours and is not measured', () => {
  const nodes = lineNodes(
    [
      { x: 0, customers: 1_000, emotion: null },
      { x: 100, customers: 1_000, emotion: 1 },
      { x: 200, customers: 500, emotion: null },
      { x: 300, customers: 500, emotion: -1 },
      { x: 400, customers: 0, emotion: null },
    ],
    scale,
  )
  expect(nodes.map((node) => node.y)).toEqual([35, 35, 60, 85, 85])
  expect(nodes.map((node) => node.measured)).toEqual([false, true, false, true, false])
})

test('[UI4] without any answer the line lies on the middle', () => {
  expect(lineNodes([{ x: 0, customers: 5, emotion: null }], scale)[0]?.y).toBe(60)
})

test('[UI4] the band is level at both ends', () => {
  const from = { x: 0, y: 50, thickness: 20, measured: true }
  const to = { x: 100, y: 80, thickness: 10, measured: true }
  expect(bandPath(from, to)).toBe('M0 40C50 40 50 75 100 75L100 85C50 85 50 60 0 60Z')
})

test('[UI4] what the team did not draw is a gap', () => {
  const points = [{ x: 0, y: 1 }, { x: 10, y: 2 }, null, { x: 30, y: 4 }]
  expect(linePath(points)).toBe('M0 1C5 1 5 2 10 2M30 4')
})

test('[UI5] a wedge hangs from the line, left and in progress back to back', () => {
  const node = { x: 100, y: 50, thickness: 20, measured: true }
  expect(wedge(node, 12, 4, 48)).toEqual({
    left: 'M100 60L88 60L100 108Z',
    inProgress: 'M100 60L104 60L100 108Z',
  })
})
