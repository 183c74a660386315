import styles from './story-line.module.css'

const WIDTH = 56
const HEIGHT = 120
const THICKEST = 28

/** A piece of the journey line downwards: as thick as its customers, with what leaves as a wedge to the side. */
export function StoryLine(props: {
  readonly before: number | null
  readonly customers: number
  readonly after: number | null
  readonly left: number
  readonly inProgress: number
  readonly most: number
}) {
  const thickness = (customers: number) =>
    customers === 0 ? 0 : Math.max(1, (customers / props.most) * THICKEST)
  const here = thickness(props.customers)
  const x = WIDTH / 2 - 8
  const top = props.before === null ? here : (here + thickness(props.before)) / 2
  const bottom = props.after === null ? here : (here + thickness(props.after)) / 2
  const [leaving, open] = [thickness(props.left), thickness(props.inProgress)]
  const middle = HEIGHT / 2
  const edge = x + here / 2
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        className={styles.band}
        d={`M${x - top / 2} 0C${x - top / 2} ${middle / 2} ${x - here / 2} ${middle / 2} ${x - here / 2} ${middle}C${x - here / 2} ${middle * 1.5} ${x - bottom / 2} ${middle * 1.5} ${x - bottom / 2} ${HEIGHT}H${x + bottom / 2}C${x + bottom / 2} ${middle * 1.5} ${edge} ${middle * 1.5} ${edge} ${middle}C${edge} ${middle / 2} ${x + top / 2} ${middle / 2} ${x + top / 2} 0Z`}
      />
      <path className={styles.left} d={`M${edge} ${middle}v${leaving}L${WIDTH - 2} ${middle}Z`} />
      <path className={styles.open} d={`M${edge} ${middle}v${-open}L${WIDTH - 2} ${middle}Z`} />
    </svg>
  )
}
