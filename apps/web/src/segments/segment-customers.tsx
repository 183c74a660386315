import { Users } from 'lucide-react'
import { useCustomerColumns } from '../customers/customer-columns.tsx'
import { useTranslation } from '../languages/translation.ts'
import { List } from '../lists/list.tsx'
import { useMaps } from '../maps/use-maps.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { answerIn, askedAs } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useSegmentMembers } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

const customerOf = ({ customer }: { readonly customer: string }) => customer

/** The customers in a segment, the latest first. */
export function SegmentCustomers(props: {
  readonly workspace: string
  readonly segment: SavedSegment
}) {
  const { workspace, segment } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const members = useSegmentMembers(workspace, segment.id)
  const maps = useMaps(workspace)
  const columns = useCustomerColumns(workspace, answerIn(maps)?.[0]?.id, false)
  const listed = answerIn(members)
  const part = listed !== null && listed.customers.length < listed.total
  return (
    <List
      name="segment-customers"
      label={t('segments.views.customers')}
      asked={askedAs(members, (answer) => answer.customers)}
      rowId={customerOf}
      columns={columns}
      empty={
        <EmptyState
          level={2}
          icon={<Users size={24} />}
          title={t('segments.nobody')}
          text={t('segments.nobodyYet')}
        />
      }
      note={
        part
          ? t('segments.part', {
              count: listed.customers.length,
              n: numbers.count(listed.customers.length),
              all: numbers.count(listed.total),
            })
          : null
      }
    />
  )
}
