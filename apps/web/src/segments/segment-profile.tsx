import { Scale } from 'lucide-react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { useChannelName } from '../touchpoints/channel-icons.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Shown } from '../ui/shown.tsx'
import table from '../ui/table.module.css'
import page from './segment-page.module.css'
import styles from './segment-profile.module.css'
import { useSegmentProfile } from './use-segment-parts.ts'
import type { SavedSegment } from './use-segments.ts'

type Trait = AnswerOf<'segmentProfile'>['marks'][number]

/** What sets the customers of a segment apart from everybody: how many of them have it, how many of all do. */
export function SegmentProfile(props: {
  readonly workspace: string
  readonly segment: SavedSegment
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const profile = useSegmentProfile(props.workspace, props.segment.id)
  const traitText = useTraitText()
  const share = ({ share: of, low, high }: Trait['within']) =>
    low === null || high === null
      ? numbers.percent(of)
      : t('segments.interval', {
          value: numbers.percent(of),
          low: numbers.percent(low),
          high: numbers.percent(high),
        })
  return (
    <Shown asked={profile}>
      {({ marks, looked }) =>
        marks.length === 0 ? (
          <EmptyState
            level={2}
            icon={<Scale size={24} />}
            title={t('segments.alike')}
            text={t('segments.alikeText', { count: looked, n: numbers.count(looked) })}
          />
        ) : (
          <div className={page.stack}>
            <p className={page.soft}>
              {t('segments.profileLead', { count: looked, n: numbers.count(looked) })}
            </p>
            <div
              className={table.frame}
              tabIndex={0}
              role="region"
              aria-label={t('segments.views.profile')}
            >
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('segments.trait')}</th>
                    <th scope="col">{t('segments.shares')}</th>
                    <th scope="col" className={table.number}>
                      {t('segments.lift')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {marks.map((trait) => (
                    <tr key={`${trait.kind} ${trait.key} ${trait.value ?? ''}`}>
                      <td className={styles.trait}>
                        <span className={styles.name}>{traitText(trait)}</span>
                        <span className={table.soft}>{t(`segments.kind.${trait.kind}`)}</span>
                      </td>
                      <td>
                        <div className={styles.shares}>
                          <Bar share={trait.within.share ?? 0} within />
                          <span>
                            {t('segments.here')} {share(trait.within)}
                          </span>
                          <Bar share={trait.everybody.share ?? 0} />
                          <span className={table.soft}>
                            {t('segments.everybody')} {share(trait.everybody)}
                          </span>
                        </div>
                      </td>
                      <td className={table.number}>
                        <strong>
                          {t('segments.times', { n: lift(trait.lift, numbers.plain) })}
                        </strong>
                        {trait.liftHigh !== null && (
                          <span className={styles.range}>
                            {lift(trait.liftLow, numbers.plain)} –{' '}
                            {lift(trait.liftHigh, numbers.plain)}
                          </span>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        )
      }
    </Shown>
  )
}

function Bar(props: { readonly share: number; readonly within?: boolean }) {
  return (
    <span className={styles.bar} data-within={props.within ?? false} aria-hidden="true">
      <span style={{ '--share': props.share }} />
    </span>
  )
}

/** Two digits that mean something: 1.8, 0.42, 12. */
function lift(value: number, say: (value: number) => string): string {
  return say(Number(value.toPrecision(2)))
}

function useTraitText(): (trait: Trait) => string {
  const channelName = useChannelName()
  return ({ kind, name, value }) => {
    if (kind === 'channel') return channelName(name)
    return value === null ? name : `${name}: ${value}`
  }
}
