import type { PropsWithChildren } from 'react'
import './theme/index.scss'

export default function App({ children }: PropsWithChildren) {
  return children
}
