import { Box, Button, Picture } from '@base'
import { platform } from '@platform'
import { useWords } from '../app/hooks'

interface Props {
  qr: string
  saved: 'saved' | 'saveFailed' | undefined
  onSave: (write: () => Promise<void>) => void
}

/** The code to scan. A phone cannot scan its own screen, but WeChat reads codes from the album. */
export function SupportCode({ qr, saved, onSave }: Props) {
  const say = useWords()
  return (
    <Box className="panel center">
      <Picture className="qr" src={qr} alt={say('qrAlt')} />
      <Box className="small">{say('supportAlbum')}</Box>
      <Box as="status" className="small">{saved && say(saved)}</Box>
      <Button kind="main" onPress={() => onSave(() => platform.savePicture(qr, 'support.png'))}>{say('saveQR')}</Button>
    </Box>
  )
}
