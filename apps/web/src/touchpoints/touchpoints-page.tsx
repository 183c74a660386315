import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { MapPin, Plus, Trash2 } from 'lucide-react'
import { useCallback } from 'react'
import { useAsk } from '../api/ask.ts'
import { useTranslation } from '../languages/translation.ts'
import { List } from '../lists/list.tsx'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { useUnsaved } from '../ui/use-unsaved.tsx'
import { Page } from '../ui/page.tsx'
import { ruleWords } from './rule-words.ts'
import { type CountedTouchpoint, useTouchpointColumns } from './touchpoint-columns.tsx'
import { TouchpointEditor } from './touchpoint-editor.tsx'
import styles from './touchpoints-page.module.css'
import { TouchpointReading } from './touchpoint-reading.tsx'
import { useCountedTouchpoints } from './use-touchpoints.ts'
import { useVocabulary } from './use-vocabulary.ts'

const route = getRouteApi('/w/$workspace/touchpoints')

const idOf = ({ id }: CountedTouchpoint) => id

/** The library: every touchpoint with what it matched lately, and its editor beside it. */
export function TouchpointsPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const touchpoints = useCountedTouchpoints(workspace.slug)
  const ask = useAsk()
  const client = useQueryClient()
  const mayEdit = workspace.role !== 'viewer'
  const vocabulary = useVocabulary(workspace.slug, mayEdit)
  const { mark, question } = useUnsaved()
  const params = { workspace: workspace.slug }
  const open = useCallback(
    (touchpoint: string | undefined) =>
      void navigate({
        to: '/w/$workspace/touchpoints',
        params: { workspace: workspace.slug },
        search: { touchpoint },
      }),
    [navigate, workspace.slug],
  )
  const columns = useTouchpointColumns(open)
  const opened = answerIn(touchpoints)?.find(({ id }) => id === search.touchpoint) ?? null
  const editing = opened !== null || (mayEdit && search.touchpoint === 'new')
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
          <List
            name="touchpoints"
            label={t('place.touchpoints')}
            asked={touchpoints}
            rowId={idOf}
            columns={columns}
            opened={opened?.id}
            empty={
              <EmptyState
                level={2}
                icon={<MapPin size={24} />}
                title={t('touchpoints.none')}
                text={t('touchpoints.noneText')}
              >
                <Link className={button.main} to="/w/$workspace/proposal" params={params}>
                  {t('action.mapFromData')}
                </Link>
              </EmptyState>
            }
            bulk={
              mayEdit
                ? [
                    {
                      id: 'delete',
                      text: t('action.delete'),
                      icon: <Trash2 size={16} aria-hidden="true" />,
                      danger: true,
                      run: ({ id }) =>
                        ask('deleteTouchpoint', { params: { ...params, touchpointId: id } }),
                      after: () =>
                        client.invalidateQueries({ queryKey: ['touchpoints', workspace.slug] }),
                    },
                  ]
                : []
            }
          />
        </Page>
      </div>
      {question}
      {editing && mayEdit && (
        <TouchpointEditor
          key={opened?.id ?? 'new'}
          workspace={workspace.slug}
          touchpoint={opened}
          words={ruleWords(answerIn(vocabulary) ?? undefined)}
          onChanged={mark}
          onDone={() => {
            mark(false)
            open(undefined)
          }}
          onClose={() => open(undefined)}
        />
      )}
      {!mayEdit && opened !== null && (
        <TouchpointReading
          key={opened.id}
          workspace={workspace.slug}
          touchpoint={opened}
          onClose={() => open(undefined)}
        />
      )}
    </div>
  )
}
