import '../src/theme/index'
import '../src/theme/wide.css'
import { createRoot } from 'react-dom/client'
import { PageStack } from './page-stack'

const root = document.getElementById('app')
if (root) createRoot(root).render(<PageStack />)
