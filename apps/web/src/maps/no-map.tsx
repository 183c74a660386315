import { Link } from '@tanstack/react-router'
import { FlaskConical, KeyRound, Route, Upload } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { type MyWorkspace, useMe } from '../api/use-me.ts'
import { useVocabulary } from '../touchpoints/use-vocabulary.ts'
import { answerIn } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { Shown } from '../ui/shown.tsx'

// A first run happens once.
const FirstSteps = lazy(() => import('../workspaces/first-steps.tsx'))

/** As the first start made it: nobody has said what it is called. */
const UNNAMED = { slug: 'main', name: 'My workspace' }

/**
 * The first screen of a workspace without a map. Data comes first: without any there is nothing to make a map from. With
 * some the map is a press away; a sample to look at stands beside both.
 */
export function NoMap({
  workspace,
  level = 1,
}: {
  readonly workspace: MyWorkspace
  readonly level?: 1 | 2
}) {
  const { t } = useTranslation()
  const params = { workspace: workspace.slug }
  const demo = answerIn(useMe())?.workspaces.find(({ simulated }) => simulated)
  const words = useVocabulary(workspace.slug)
  const mayEdit = workspace.role !== 'viewer'
  const sample = demo !== undefined && demo.slug !== workspace.slug && (
    <Link className={button.plain} to="/w/$workspace" params={{ workspace: demo.slug }}>
      <FlaskConical size={16} aria-hidden="true" />
      {t('noMap.demo')}
    </Link>
  )
  const unnamed = workspace.slug === UNNAMED.slug && workspace.name === UNNAMED.name
  return (
    <Shown asked={words}>
      {({ events }) =>
        events.length === 0 ? (
          <>
            {unnamed && workspace.role === 'owner' && (
              <Suspense fallback={null}>
                <FirstSteps workspace={workspace} />
              </Suspense>
            )}
            <EmptyState
              level={level}
              icon={<Upload size={24} />}
              title={t('noData.title')}
              text={t('noData.text')}
            >
              {mayEdit && (
                <>
                  <Link className={button.main} to="/w/$workspace/imports" params={params}>
                    <Upload size={16} aria-hidden="true" />
                    {t('action.importEvents')}
                  </Link>
                  <Link className={button.plain} to="/w/$workspace/settings/keys" params={params}>
                    <KeyRound size={16} aria-hidden="true" />
                    {t('noData.key')}
                  </Link>
                </>
              )}
              {sample}
            </EmptyState>
          </>
        ) : (
          <EmptyState
            level={level}
            icon={<Route size={24} />}
            title={t('noMap.title')}
            text={t('noMap.text')}
          >
            <Link className={button.main} to="/w/$workspace/proposal" params={params}>
              <Route size={16} aria-hidden="true" />
              {t('action.mapFromData')}
            </Link>
            <Link className={button.plain} to="/w/$workspace/imports" params={params}>
              <Upload size={16} aria-hidden="true" />
              {t('action.importEvents')}
            </Link>
            {sample}
          </EmptyState>
        )
      }
    </Shown>
  )
}
