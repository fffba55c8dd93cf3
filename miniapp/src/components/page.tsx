import { Box, Button, Heading, Text } from '@base'
import { platform } from '@platform'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useRoute, useShowCount, useTranslation } from '../app/hooks'
import { goBack } from '../app/navigation'
import { useAppState } from '../app/store'
import { Settings } from './settings'

export interface PageProps {
  title: string
  lead?: string | undefined
  /** The entry shows the name of the authority instead of a back button. */
  entry?: boolean
  /** Replaces the usual way back through the page stack. */
  onBack?: () => void
  children: ReactNode
}

/** The header, settings and heading around every screen. */
export function Page({ title, lead, entry = false, onBack, children }: PageProps) {
  const route = useRoute()
  const { elder, language } = useAppState()
  const t = useTranslation()
  const shown = useShowCount()
  // biome-ignore lint/correctness/useExhaustiveDependencies(shown): the page below has set its own title
  useEffect(() => platform.setTitle(title, language), [title, language, shown])
  return (
    <Box className={`page${elder ? ' elder' : ''}`} lang={language}>
      <Box as="header" className="top">
        {entry ? (
          <Authority />
        ) : (
          <Button kind="quiet" onPress={onBack ?? (() => goBack(route))}>{`‹ ${t('back')}`}</Button>
        )}
        <Settings />
      </Box>
      <Box as="main" className="main-part">
        <Heading level={1} focusOn={shown}>
          {title}
        </Heading>
        {lead && <Box className="lead">{lead}</Box>}
        {children}
      </Box>
    </Box>
  )
}

/** The name of the authority in both languages, whatever the language of the screen. */
function Authority() {
  return (
    <Box className="authority">
      <Text className="authority-zh" lang="zh-Hans">
        国家市场监督管理总局
      </Text>
      <Text className="authority-en" lang="en">
        State Administration for Market Regulation
      </Text>
    </Box>
  )
}
