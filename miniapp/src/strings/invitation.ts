import { text } from './table'

export const invitation = {
  invited: text(
    '您是受邀来确认一项业务的。核验本人身份后会直接打开它，此前不显示任何内容。',
    '您是受邀來確認一項業務的。核驗本人身份後會直接打開它，此前不顯示任何內容。',
    'You were invited to confirm a business. It opens after your identity check. Until then nothing of it is shown.',
  ),
  invitedForget: text('不使用这份邀请', '不使用這份邀請', 'Do not use this invitation'),
  haveCode: text('我有邀请码', '我有邀請碼', 'I have an invitation code'),
  code: text('邀请码', '邀請碼', 'Invitation code'),
  codeHint: text('八个字母，例如 WDJB MJHT', '八個字母，例如 WDJB MJHT', 'Eight letters, for example WDJB MJHT'),
  codeLength: text(
    '邀请码应为八个字母，请核对',
    '邀請碼應為八個字母，請核對',
    'The code must have eight letters. Please check it',
  ),
  codeLetters: text(
    '邀请码只用辅音字母，没有 A、E、I、O、U、Y，请核对',
    '邀請碼只用輔音字母，沒有 A、E、I、O、U、Y，請核對',
    'The code has no A, E, I, O, U or Y. Please check it',
  ),
  useCode: text('使用邀请码', '使用邀請碼', 'Use this code'),
  invitedTitle: text('邀请', '邀請', 'Invitation'),
  invitedOpening: text('正在打开受邀的业务…', '正在打開受邀的業務…', 'Opening the business you were invited to…'),
  invitedNothing: text(
    '这份邀请没有打开任何业务。可能是以下原因：',
    '這份邀請沒有打開任何業務。可能是以下原因：',
    'This invitation leads to nothing. It may be for one of these reasons:',
  ),
  invitedWrong: text(
    '邀请码输错了：请核对后重新填写。',
    '邀請碼輸錯了：請核對後重新填寫。',
    'The code was mistyped: please check it and enter it again.',
  ),
  invitedUsed: text(
    '已经答复过：请在“我的记录”中查看。',
    '已經答覆過：請在「我的記錄」中查看。',
    'It has been answered: please see your records.',
  ),
  invitedEnded: text(
    '已满七天，或业务有变化、已撤回：请查看待办事项。如果那里没有，请向发出邀请的登记机关要一份新的。',
    '已滿七天，或業務有變化、已撤回：請查看待辦事項。如果那裏沒有，請向發出邀請的登記機關要一份新的。',
    'Its seven days are over, or the business was changed or withdrawn: please see your to-dos. If it is not there, ask the registration authority for a new one.',
  ),
  invitedOther: text(
    '邀请的是别人，或姓名与登记的不一致：请由本人打开，或联系登记机关更正姓名。',
    '邀請的是別人，或姓名與登記的不一致：請由本人打開，或聯絡登記機關更正姓名。',
    'It is for somebody else, or the name differs: that person has to open it, or the registration authority has to correct the name.',
  ),
  invitedOften: text(
    '试过的邀请码太多，一小时后才能再试。待办事项仍可查看。',
    '試過的邀請碼太多，一小時後才能再試。待辦事項仍可查看。',
    'Too many codes were tried. You can try again in an hour. Your to-dos can still be seen.',
  ),
} as const
