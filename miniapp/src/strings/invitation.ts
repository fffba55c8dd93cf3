import { text } from './table'

export const invitation = {
  invited: text(
    '您收到一份业务确认邀请。完成身份核验后将直接打开该业务，此前不显示其任何内容。',
    '您收到一份業務確認邀請。完成身份核驗後將直接打開該業務，此前不顯示其任何內容。',
    'You were invited to confirm a registration. It opens after your identity check. Until then, none of its content is shown.',
  ),
  invitedForget: text('不使用此邀请', '不使用此邀請', 'Discard this invitation'),
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
  invitedOpening: text('正在打开邀请…', '正在打開邀請…', 'Opening your invitation…'),
  invitedNothing: text(
    '此邀请无法打开任何业务。可能的原因：',
    '此邀請無法打開任何業務。可能的原因：',
    'This invitation does not open a to-do. Possible reasons:',
  ),
  invitedWrong: text(
    '邀请码填写有误：请核对后重新填写。',
    '邀請碼填寫有誤：請核對後重新填寫。',
    'The code was mistyped: please check it and enter it again.',
  ),
  invitedUsed: text(
    '该业务已答复：请在“我的记录”中查看。',
    '該業務已答覆：請在「我的記錄」中查看。',
    'It has already been answered: see your records.',
  ),
  invitedEnded: text(
    '邀请已过期，或业务已变更、撤回：请查看待办事项。如待办事项中没有，请向登记机关索取新的邀请。',
    '邀請已過期，或業務已變更、撤回：請查看待辦事項。如待辦事項中沒有，請向登記機關索取新的邀請。',
    'It has expired, or the registration was changed or withdrawn: check your to-dos. If it is not there, ask the registration authority for a new invitation.',
  ),
  invitedOther: text(
    '受邀人不是您，或您的姓名与登记信息不一致：请由受邀人打开，或联系登记机关更正姓名。',
    '受邀人不是您，或您的姓名與登記資料不一致：請由受邀人打開，或聯絡登記機關更正姓名。',
    'It was sent to another person, or your name differs from the one in the registration: that person has to open it, or the registration authority has to correct the name.',
  ),
  invitedOften: text(
    '尝试的邀请码过多，请一小时后再试。您仍可查看待办事项。',
    '嘗試的邀請碼過多，請一小時後再試。您仍可查看待辦事項。',
    'Too many codes were tried. Please try again in an hour. You can still view your to-dos.',
  ),
} as const
