import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import type { ConditionKind } from './new-condition.ts'
import formStyles from './part-form.module.css'
import { PickList } from './pick-list.tsx'

export type AddWord = 'and' | 'or' | 'into'

/** What can be done to a line: more beside it, another place for it, or out with it. */
export function LineMenu(props: {
  readonly kinds: readonly ConditionKind[]
  readonly isGroup: boolean
  readonly onAdd: (word: AddWord, kind: ConditionKind) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation()
  const [word, setWord] = useState<AddWord | null>(null)
  const picks = [
    ...(props.isGroup ? (['into'] as const) : []),
    'and',
    'or',
    'up',
    'down',
    'remove',
  ] as const
  return (
    <div className={formStyles.form}>
      {word === null ? (
        <PickList
          key="what"
          label={t('sentence.more')}
          picks={picks.map((id) => ({ id, text: t(`pick.line.${id}`), ...keyOf(id) }))}
          chosen={[]}
          onPick={(id) => {
            switch (id) {
              case 'up':
                return props.onMove(-1)
              case 'down':
                return props.onMove(1)
              case 'remove':
                return props.onRemove()
              default:
                return setWord(id)
            }
          }}
        />
      ) : (
        <PickList
          key="kind"
          label={t('pick.kind')}
          picks={props.kinds.map((id) => ({ id, text: t(`pick.kinds.${id}`) }))}
          chosen={[]}
          onPick={(kind) => props.onAdd(word, kind)}
        />
      )}
    </div>
  )
}

function keyOf(id: string): { readonly note?: string } {
  switch (id) {
    case 'up':
      return { note: 'Alt ↑' }
    case 'down':
      return { note: 'Alt ↓' }
    case 'remove':
      return { note: 'Del' }
    default:
      return {}
  }
}
