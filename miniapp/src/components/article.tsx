import { Box, Details } from '@base'
import type { Article } from '../api/types'

/** Shows a question and its answer as plain text. */
export function ArticleBox({ article }: { article: Article }) {
  return (
    <Box className="panel">
      <Details summary={article.question}>
        {article.answer.split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, and never move
          <Box key={at} className="part">
            {line}
          </Box>
        ))}
      </Details>
    </Box>
  )
}
