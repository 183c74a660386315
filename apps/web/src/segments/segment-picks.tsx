import { useTranslation } from '../languages/translation.ts'
import { PickList, type Pick } from '../sentences/pick-list.tsx'

/** Everybody, the saved segments and a sentence of one's own, to pick one of. */
export default function SegmentPicks(props: {
  readonly picks: readonly Pick<string>[]
  readonly chosen: string
  readonly onPick: (id: string) => void
}) {
  const { t } = useTranslation()
  return (
    <PickList
      label={t('segment.title')}
      picks={props.picks}
      chosen={[props.chosen]}
      onPick={props.onPick}
    />
  )
}
