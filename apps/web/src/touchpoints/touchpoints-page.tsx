import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { MapPin, Plus } from 'lucide-react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useVocabulary } from './use-vocabulary.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import table from '../ui/table.module.css'
import { useNow } from '../ui/use-now.ts'
import { Failed, Waiting } from '../ui/waiting.tsx'
import button from '../ui/link-button.module.css'
import { ChannelIcon, useChannelName } from './channel-icons.tsx'
import { ruleWords } from './rule-words.ts'
import { TouchpointEditor } from './touchpoint-editor.tsx'
import styles from './touchpoints-page.module.css'
import { useRuleText } from './rule-text.ts'
import { useCountedTouchpoints } from './use-touchpoints.ts'

const route = getRouteApi('/w/$workspace/touchpoints')

export type CountedTouchpoint = AnswerOf<'touchpoints'>[number]

/** The library: every touchpoint with what it matched lately, and its editor beside it. */
export function TouchpointsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const touchpoints = useCountedTouchpoints(workspace.slug)
  const vocabulary = useVocabulary(workspace.slug)
  const mayEdit = workspace.role !== 'viewer'
  const open = (touchpoint: string | undefined) =>
    void navigate({
      to: '/w/$workspace/touchpoints',
      params: { workspace: workspace.slug },
      search: { touchpoint },
    })
  if (touchpoints.error !== null) {
    return <Failed error={touchpoints.error} onRetry={() => void touchpoints.refetch()} />
  }
  if (touchpoints.data === undefined) return <Waiting />
  const opened = touchpoints.data.find(({ id }) => id === search.touchpoint) ?? null
  const editing = opened !== null || search.touchpoint === 'new'
  return (
    <div className={styles.layout} data-editing={editing}>
      <div className={styles.list}>
        <Page
          title={t('place.touchpoints')}
          lead={t('touchpoints.lead')}
          actions={
            mayEdit && (
              <Button kind="main" onPress={() => open('new')}>
                <Plus size={16} aria-hidden="true" />
                {t('touchpoints.new')}
              </Button>
            )
          }
        >
          {touchpoints.data.length === 0 ? (
            <EmptyState
              level={2}
              icon={<MapPin size={24} />}
              title={t('touchpoints.none')}
              text={t('touchpoints.noneText')}
            >
              <Link
                className={button.main}
                to="/w/$workspace/proposal"
                params={{ workspace: workspace.slug }}
              >
                {t('noMap.fromData')}
              </Link>
            </EmptyState>
          ) : (
            <TouchpointTable touchpoints={touchpoints.data} opened={opened?.id} onOpen={open} />
          )}
        </Page>
      </div>
      {editing && (
        <TouchpointEditor
          key={opened?.id ?? 'new'}
          workspace={workspace.slug}
          touchpoint={opened}
          words={ruleWords(vocabulary.data)}
          mayEdit={mayEdit}
          onClose={() => open(undefined)}
        />
      )}
    </div>
  )
}

function TouchpointTable(props: {
  readonly touchpoints: readonly CountedTouchpoint[]
  readonly opened: string | undefined
  readonly onOpen: (touchpointId: string) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const channelName = useChannelName()
  const ruleText = useRuleText()
  const nowMs = useNow()
  return (
    <div className={table.frame} tabIndex={0} role="region" aria-label={t('place.touchpoints')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('touchpoints.name')}</th>
            <th scope="col">{t('touchpoints.channel')}</th>
            <th scope="col">{t('touchpoints.rule')}</th>
            <th scope="col" className={table.number}>
              {t('touchpoints.events30d')}
            </th>
            <th scope="col" className={table.number}>
              {t('touchpoints.customers30d')}
            </th>
            <th scope="col">{t('touchpoints.last')}</th>
          </tr>
        </thead>
        <tbody>
          {props.touchpoints.map((touchpoint) => (
            <tr key={touchpoint.id} data-opened={touchpoint.id === props.opened}>
              <td>
                <button
                  type="button"
                  className={styles.name}
                  onClick={() => props.onOpen(touchpoint.id)}
                >
                  {touchpoint.name}
                </button>
              </td>
              <td>
                <span className={styles.channel}>
                  <ChannelIcon channel={touchpoint.channel} />
                  {channelName(touchpoint.channel)}
                </span>
              </td>
              <td className={styles.rule}>{ruleText(touchpoint.rule)}</td>
              <td className={table.number}>{numbers.count(touchpoint.events30d)}</td>
              <td className={table.number}>{numbers.count(touchpoint.customers30d)}</td>
              <td className={`${table.soft ?? ''} ${table.nowrap ?? ''}`}>
                {touchpoint.lastEventMs === null
                  ? NONE
                  : numbers.ago(touchpoint.lastEventMs, nowMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
