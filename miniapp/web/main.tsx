import '../src/theme/index'
import '../src/theme/wide.css'
import { createRoot } from 'react-dom/client'
import { goesBack } from '../src/platform/web/leave'
import { PageStack } from './page-stack'

const patience = 3000 // milliseconds; a browser that does not go back shows the client here

const root = document.getElementById('app')
const show = () => root && createRoot(root).render(<PageStack />)
if (goesBack) setTimeout(show, patience)
else show()

// A page that the browser kept while the person was away is as it was before. What has happened is on the server.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
