// npm run screen-calls: writes docs/screens.md.
import { writeFileSync } from 'node:fs'
import { pagePath, screenCallsPage } from './page'

writeFileSync(pagePath, screenCallsPage())
