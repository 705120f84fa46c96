class Refused(Exception):
    """A file that is not taken. `code` is for tests and records, `message` is what the person reads."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self):
        return Refused, (self.code, self.message)


def damaged():
    return Refused(
        "damaged",
        "文件无法读取：文件不完整或已损坏，可能是上传、拷贝过程中断造成的。"
        "请用 Excel 或 WPS 打开确认内容无误，另存为 .xlsx 后重新上传。",
    )


def disguised(what):
    return Refused(
        "not_a_workbook",
        f"文件不是可识别的表格：其内容是{what}，仅修改扩展名不能变成表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
    )


def encrypted():
    return Refused(
        "encrypted",
        "文件已加密，系统无法读取其中内容。请在 Excel 或 WPS 中取消打开密码，保存后重新上传。",
    )


def macros():
    return Refused(
        "macros",
        "文件含有宏：宏是可执行的程序，系统不接收。请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”后重新上传。",
    )


def too_long_cell(where, limit):
    return Refused(
        "cell_too_long",
        f"{where}的文字过长：一个单元格最多 {limit:,} 个字，文件可能已损坏。请检查并缩短该单元格后重新上传。",
    )
