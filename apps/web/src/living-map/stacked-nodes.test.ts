import { expect, test } from 'vitest'
import { meanPoints, outline, pieces, standApart } from './stacked-nodes.ts'

const node = (x: number, y: number, thickness: number) => ({ x, y, thickness, measured: true })

test('[UI80] alternatives stand one under the other, around where one would stand', () => {
  const nodes = standApart([node(0, 50, 30), node(100, 50, 20), node(100, 50, 8), node(200, 50, 4)])
  // 20 and 8 with 6 between: from 33 to 67.
  expect(nodes.map(({ x, y }) => [x, y])).toEqual([
    [0, 50],
    [100, 43],
    [100, 63],
    [200, 50],
  ])
})

test('[UI80] the line parts at alternatives and comes together behind them', () => {
  const nodes = [node(0, 50, 30), node(100, 43, 20), node(100, 63, 8), node(200, 50, 4)]
  expect(pieces(nodes).map(([from, to]) => [from.y, to.y])).toEqual([
    [50, 43],
    [50, 63],
    [43, 50],
    [63, 50],
  ])
  expect(outline(nodes, -1).map(({ y }) => y)).toEqual([35, 33, 48])
  expect(outline(nodes, 1).map(({ y }) => y)).toEqual([65, 67, 52])
})

test('[UI80] what is believed of alternatives is one point, their mean', () => {
  expect(
    meanPoints([
      { x: 0, y: 1, drawn: false },
      { x: 1, y: 10, drawn: true },
      { x: 1, y: 20, drawn: true },
      { x: 1, y: 99, drawn: false },
    ]),
  ).toEqual([null, { x: 1, y: 15 }])
})
