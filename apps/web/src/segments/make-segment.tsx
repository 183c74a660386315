import { useNavigate } from '@tanstack/react-router'
import { Group } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { NameDialog } from './name-dialog.tsx'
import { type CustomersChosen, useSegmentOfThese } from './save-segment.ts'

/** "Make a segment of these": exactly the customers listed or counted here, by a rule where one says who they are. */
export function MakeSegment(props: {
  readonly workspace: string
  readonly of: CustomersChosen
  /** Proposed: what the customers have in common here. */
  readonly name: string
}) {
  const { workspace } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const make = useSegmentOfThese(workspace)
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <Group size={16} aria-hidden="true" />
        {t('segment.ofThese')}
      </Button>
      {open && (
        <NameDialog
          title={t('segment.ofThese')}
          text={t('segment.ofTheseText')}
          name={props.name}
          action={t('action.save')}
          saving={make}
          onName={(name) =>
            make.mutate(
              { name, of: props.of },
              {
                onSuccess: ({ segment }) => {
                  setOpen(false)
                  void navigate({
                    to: '/w/$workspace/segments/$segment',
                    params: { workspace, segment: segment.id },
                  })
                },
              },
            )
          }
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
