import styles from './line-chart.module.css'
import { round } from './round.ts'

export interface LinePoint {
  readonly atMs: number
  readonly value: number
  /** Said of the point when it is pointed at. */
  readonly text: string
}

const WIDTH = 600
const HEIGHT = 160

/** A number over time, from nought. What it draws stands in a table beside it: the drawing itself is not read out. */
export function LineChart(props: {
  readonly points: readonly LinePoint[]
  /** The ends of the vertical axis, in words. */
  readonly most: string
  readonly least: string
  readonly from: string
  readonly to: string
}) {
  const { points } = props
  const places = linePlaces(points)
  const line = places.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')
  return (
    <figure className={styles.chart} aria-hidden="true">
      <span className={styles.most}>{props.most}</span>
      <div className={styles.plot}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={styles.svg}>
          <polygon className={styles.area} points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
          <polyline className={styles.line} points={line} vectorEffect="non-scaling-stroke" />
        </svg>
        <div className={styles.slots}>
          {points.map((point) => (
            <span key={point.atMs} title={point.text} />
          ))}
        </div>
      </div>
      <span className={styles.least}>{props.least}</span>
      <figcaption className={styles.caption}>
        <span>{props.from}</span>
        <span>{props.to}</span>
      </figcaption>
    </figure>
  )
}

/** Where points lie in a drawing of 600 × 160: time to the right by its length, values upward from nought. */
export function linePlaces(
  points: readonly Pick<LinePoint, 'atMs' | 'value'>[],
): readonly (readonly [number, number])[] {
  const first = points[0]?.atMs ?? 0
  const span = Math.max(1, (points.at(-1)?.atMs ?? 0) - first)
  const most = Math.max(1, ...points.map(({ value }) => value))
  return points.map(({ atMs, value }) => [
    ((atMs - first) / span) * WIDTH,
    HEIGHT - (value / most) * HEIGHT,
  ])
}
