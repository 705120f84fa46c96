"""What the pages say of each step of a case: what will happen, and that it has happened. Beside states/cases.py."""

WILL = {
    "submit": "{who}上报后由接收区市分配到镇（街道）；曾被镇街退回而接收区市不变的，直接回到原镇街。接收前可以撤回。",
    "resubmit": "{who}再次上报后，直接回到上次退回的镇（街道）或社区。",
    "withdraw": "{who}撤回本企业，接收方不再看到；修改后可以重新上报。",
    "assign": "{who}交由所选的镇（街道）或社区接收。",
    "reassign": "{who}改由所选的镇（街道）或社区接收，原接收单位不再看到。",
    "pass_down": "{who}交由所选的社区接收，本镇（街道）仍可查看和办理。",
    "hand_back": "{who}交回区市重新分配，本单位不再看到。",
    "redirect": "{who}转到所选的区市、开发区重新分配，本区市不再看到。",
    "accept": "接收后，{who}的社会化管理服务由接收单位负责，移交企业的管理服务责任随之结束。",
    "return": "{who}退回移交企业，由企业按退回原因修改后再次上报；本单位不再看到。",
    "take_back": "收回后，{who}的信息可以修改，改好后再次上报。",
    "contact": "登记首次联系后，{who}转为“已对接”。",
    "complete": "办结后，{who}的管理服务移交全部完成。",
    "send_outside": "{who}改由市外单位接收；取得对方的接收回执后，上传回执并提交市国资委确认。",
    "recall_outside": "{who}改回市内移交，回到“待上报”。",
    "report_outside": "{who}的市外接收回执提交市国资委确认。",
    "confirm_outside": "确认后，{who}的管理服务移交办结。",
    "refuse_outside": "回执退给移交企业补正，{who}回到“市外移交中”。",
    "ask_closing": "申请核销后由市国资委确认；确认以前，{who}不能上报。",
    "propose_closing": "提出核销后由移交企业答复；同意的核销，不同意的回到企业重新上报。",
    "confirm_closing": "确认后，{who}核销，不再移交，不能恢复。",
    "agree_closing": "同意后，{who}核销，不再移交，不能恢复。",
    "refuse_closing": "不同意核销的，{who}回到企业“待上报”。",
    "object_closing": "不同意核销的，{who}回到本企业“待上报”；再次上报时回到提出核销的单位。",
}
# What is not simply 已 and the label of the step.
DONE = {
    "take_back": "已收回",
    "complete": "已办结",
    "refuse_closing": "已答复不同意核销",
    "object_closing": "已答复不同意核销",
}
# The primary button says the verb; where the label is long enough it is the label itself.
PRESS = {"take_back": "收回"}


def will(step, who="此人"):
    return WILL[step.name].format(who=who)


def done(step):
    return DONE.get(step.name, f"已{step.label}")


def press(step):
    return PRESS.get(step.name, step.label)
