import { round } from '../charts/round.ts'
import { type LineNode, type LineScale, lineScale } from './journey-line.ts'
import styles from './story-line.module.css'

const WIDTH = 64
const HEIGHT = 120
const THICKEST = 24
/** Where the line lies when everybody is upset, and when everybody is delighted. */
const [UPSET, DELIGHTED] = [14, 46]

/** The scale of the line that goes downwards: emotion from the left to the right. */
export function storyScale(mostCustomers: number): LineScale {
  const frame = { top: DELIGHTED, height: UPSET - DELIGHTED, maxThickness: THICKEST }
  return lineScale(frame, mostCustomers)
}

/**
 * A piece of the journey line downwards: as thick as its customers, as far to the right as they felt, pale where nobody
 * said, with what leaves as a wedge to the side. The `y` of a node is its distance from the left here.
 */
export function StoryLine(props: {
  readonly before: LineNode | null
  readonly here: LineNode | null
  readonly after: LineNode | null
  readonly shares: { readonly left: number; readonly inProgress: number }
}) {
  const { here, shares } = props
  if (here === null) return null
  const middle = HEIGHT / 2
  const half = (other: LineNode | null): readonly [number, number] =>
    other === null
      ? [here.y, here.thickness / 2]
      : [(here.y + other.y) / 2, (here.thickness + other.thickness) / 4]
  const edges = (side: 1 | -1) => {
    const [before, thick] = half(props.before)
    const [after, thin] = half(props.after)
    return [before + side * thick, here.y + (side * here.thickness) / 2, after + side * thin].map(
      round,
    )
  }
  const [a = 0, b = 0, c = 0] = edges(-1)
  const [d = 0, e = 0, f = 0] = edges(1)
  const [q, r] = [middle / 2, middle * 1.5]
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        className={here.measured ? styles.band : styles.pale}
        d={`M${a} 0C${a} ${q} ${b} ${q} ${b} ${middle}C${b} ${r} ${c} ${r} ${c} ${HEIGHT}H${f}C${f} ${r} ${e} ${r} ${e} ${middle}C${e} ${q} ${d} ${q} ${d} 0Z`}
      />
      <path
        className={styles.left}
        d={`M${e} ${middle}v${shares.left * middle}L${WIDTH - 2} ${middle}Z`}
      />
      <path
        className={styles.open}
        d={`M${e} ${middle}v${-shares.inProgress * middle}L${WIDTH - 2} ${middle}Z`}
      />
    </svg>
  )
}
