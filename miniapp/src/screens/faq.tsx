import { Box, Button, Field } from '@base'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, useTranslation } from '../app/hooks'
import { push } from '../app/navigation'
import { useAppState } from '../app/store'
import { ArticleBox } from '../components/article'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'

/** 常见问题: all articles, or those that match a search. */
export function Faq() {
  const { language } = useAppState()
  const t = useTranslation()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const { data, task } = useLoad(async () => (await api.faq({ q: asked })).data.articles, `${language} ${asked}`)
  const search = () => setAsked(typed.trim())
  return (
    <Page title={t('faqTitle')}>
      <Field
        label={t('search')}
        value={typed}
        maxLength={60}
        hint={t('searchHint')}
        onChange={setTyped}
        onEnter={search}
      />
      <Button kind="primary" busy={task.busy} onPress={search}>
        {t('search')}
      </Button>
      <Box as="status" className="small">
        {data && (data.length > 0 ? t('found', { n: data.length }) : t('noArticles'))}
      </Box>
      <ErrorBox task={task} />
      {data?.map((article) => (
        <ArticleBox key={article.id} article={article} />
      ))}
      <Button kind="quiet" onPress={() => push({ screen: 'support' })}>
        {t('supportTitle')}
      </Button>
    </Page>
  )
}
