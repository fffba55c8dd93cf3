import { WebView } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'

/** A page of another house, from the list of domains that the operator has registered with the platform. */
export default function WebPage() {
  const { url = '' } = useRouter().params
  // WeChat hands parameters on as they were written, other platforms decode them: an address must not be decoded twice.
  return <WebView src={url.includes('://') ? url : decodeURIComponent(url)} />
}
