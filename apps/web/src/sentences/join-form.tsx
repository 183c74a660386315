import { GROUP_KINDS, type GroupKind } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import formStyles from './part-form.module.css'
import { PickList } from './pick-list.tsx'

/** How the conditions of a group are joined, in words. */
export function JoinForm(props: {
  readonly kind: GroupKind
  readonly onPick: (kind: GroupKind) => void
}) {
  const { t } = useTranslation()
  return (
    <div className={formStyles.form}>
      <PickList
        label={t('pick.join')}
        picks={GROUP_KINDS.map((id) => ({ id, text: t(`sentence.join.${id}`) }))}
        chosen={[props.kind]}
        onPick={props.onPick}
      />
    </div>
  )
}
