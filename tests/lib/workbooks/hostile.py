"""Files that somebody, or some bad software, made to do harm. Each maker writes one and names the refusal it earns."""

import io
import struct
import warnings
import zipfile

from tests.lib.workbooks.making import GOOD_ROWS, MAIN, pack, parts, sheet, small_xlsx, text_cell

XLSX = ".xlsx"
CASES = {}


def case(code, suffix=XLSX):
    def keep(make):
        CASES[make.__name__] = (make, code, suffix)
        return make

    return keep


@case("far_cell")
def a_value_in_the_last_cell(path):
    small_xlsx(path, sheet=sheet(GOOD_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@case("far_cell")
def a_value_far_below(path):
    small_xlsx(path, sheet=sheet(GOOD_ROWS + f'<row r="900000">{text_cell("A900000", "x")}</row>'))


@case("far_cell")
def a_far_value_hidden_before_a_near_one(path):
    small_xlsx(path, sheet=sheet('<row r="1"><c r="XFD1"><v>1</v></c><c r="A1"><v>1</v></c></row>'))


@case("far_cell")
def a_far_value_with_a_prefix(path):
    rows = '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'
    small_xlsx(path, sheet=sheet(rows).replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" '))


@case("far_cell")
def a_far_value_written_with_an_entity(path):
    small_xlsx(path, sheet=sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'))


@case("far_cell")
def a_far_error_cell(path):
    small_xlsx(path, sheet=sheet('<row r="1"><c r="ZZ1" t="e"><v>#N/A</v></c></row>'))


@case("too_many_rows")
def three_million_rows(path):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 200_100))
    small_xlsx(path, sheet=sheet(rows))


@case("damaged")
def rows_without_number_or_end(path):
    small_xlsx(path, sheet=sheet("<row/>" * 1_100_000))


@case("unpacks_too_large")
def a_shared_string_bomb(path):
    text = "<si><t>" + "示" * 10_000 + "</t></si>"
    small_xlsx(path, strings=f'<sst xmlns="{MAIN}" uniqueCount="6000">' + text * 6_000 + "</sst>")


@case("cell_too_long")
def one_endless_text(path):
    small_xlsx(path, strings=f'<sst xmlns="{MAIN}" uniqueCount="1"><si><t>' + "x" * 2_000_000 + "</t></si></sst>")


@case("cell_too_long")
def one_endless_inline_text(path):
    small_xlsx(path, sheet=sheet(f'<row r="1">{text_cell("A1", "x" * 20_000_000)}</row>'))


@case("too_many_formats")
def a_style_bomb(path):
    xf = '<xf numFmtId="0" fontId="0"/>'
    small_xlsx(path, styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{xf * 150_000}</cellXfs></styleSheet>')


@case("too_many_formats")
def a_style_count_that_lies(path):
    small_xlsx(path, styles=f'<styleSheet xmlns="{MAIN}"><cellXfs count="4000000000"><xf/></cellXfs></styleSheet>')


@case("lying_counts")
def a_unique_count_that_lies(path):
    small_xlsx(path, strings=f'<sst xmlns="{MAIN}" uniqueCount="99999999999"><si><t>a</t></si></sst>')


@case("lying_counts")
def a_count_that_lies(path):
    small_xlsx(path, strings=f'<sst xmlns="{MAIN}" count="99999999999" uniqueCount="1"><si><t>a</t></si></sst>')


@case("document_type")
def billion_laughs(path):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    small_xlsx(
        path, sheet=f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>' + sheet(f"<row r='1'>{text_cell('A1', '&a9;')}</row>")
    )


@case("document_type")
def an_external_entity_in_the_sheet(path):
    text = sheet(GOOD_ROWS).replace("姓名", "&file;")
    small_xlsx(path, sheet='<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>' + text.partition("?>")[2])


@case("document_type")
def an_external_document_type_in_the_shared_strings(path):
    small_xlsx(path, strings=f'<!DOCTYPE sst SYSTEM "http://192.0.2.1/a.dtd"><sst xmlns="{MAIN}"/>')


@case("document_type")
def a_document_type_in_utf_16(path):
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"/>'
    small_xlsx(path, sheet=text.encode("utf-16"))


@case("document_type")
def a_document_type_in_a_part_that_nobody_reads(path):
    small_xlsx(path, more={"docProps/app.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'})


@case("too_many_entries")
def a_crowd_of_entries(path):
    pack(path, parts() | {f"xl/media/{number}": b"" for number in range(3_000)})


@case("too_many_entries")
def a_directory_that_hides_its_size(path):
    pack(path, parts() | {f"xl/media/{number:0600}": b"" for number in range(1_990)})


@case("duplicate_entries")
def two_sheets_of_one_name(path):
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in [*parts().items(), ("xl/worksheets/SHEET1.xml", sheet(""))]:
            archive.writestr(name, content)


@case("unsafe_names")
def a_name_that_climbs_out(path):
    small_xlsx(path, more={"xl/../../../etc/cron.d/x": "x"})


@case("unsafe_names")
def a_name_that_climbs_out_with_backslashes(path):
    small_xlsx(path, more={"xl\\..\\..\\x": "x"})


@case("unsafe_names")
def an_absolute_name(path):
    small_xlsx(path, more={"/etc/passwd": "x"})


def _patched(path, offset, value):
    """Changes four bytes of the last directory entry, which is the sheet."""
    small_xlsx(path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.rfind(b"PK\x01\x02") + offset, value)
    path.write_bytes(data)


@case("damaged")
def a_size_that_lies_below(path):
    _patched(path, 24, 10)


@case("damaged")
def a_size_that_lies_above(path):
    _patched(path, 24, 100_000)


@case("unpacks_too_large")
def a_size_that_promises_four_gigabytes(path):
    _patched(path, 24, 0xFFFFFFF0)


@case("damaged")
def a_checksum_that_lies(path):
    _patched(path, 16, 1)


@case("damaged")
def a_sheet_that_lies_outside_the_file(path):
    _patched(path, 42, 900_000)


@case("encrypted")
def an_encrypted_member(path):
    small_xlsx(path)
    data = bytearray(path.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


@case("not_a_workbook")
def a_workbook_in_a_zip(path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xlsx", b"x" * 1000)
    pack(path, {"inner.zip": inner.getvalue(), "名册.xlsx": inner.getvalue()})


@case("damaged")
def no_sheet_where_the_relation_points(path):
    contents = parts()
    del contents["xl/worksheets/sheet1.xml"]
    pack(path, contents)


@case("macros")
def a_macro_part(path):
    small_xlsx(path, more={"xl/vbaProject.bin": b"x"})


@case("macros")
def a_macro_content_type(path):
    small_xlsx(
        path,
        types=parts()["[Content_Types].xml"].replace("application/xml", "application/vnd.ms-excel.sheet.macroEnabled"),
    )


@case("macros", ".xlsm")
def a_macro_suffix(path):
    small_xlsx(path)


@case("macros")
def a_macro_sheet_of_excel_4(path):
    small_xlsx(
        path,
        rels=parts()["xl/_rels/workbook.xml.rels"].replace("relationships/worksheet", "relationships/xlMacrosheet"),
    )


@case("external_links")
def an_external_link(path):
    small_xlsx(path, more={"xl/externalLinks/externalLink1.xml": "<externalLink/>"})


@case("xlsb")
def a_binary_workbook(path):
    contents = parts()
    contents["xl/workbook.bin"] = contents.pop("xl/workbook.xml")
    pack(path, contents)


@case("too_many_sheets")
def a_thousand_sheets(path):
    one = '<sheet name="名册" sheetId="1" r:id="rId1"/>'
    small_xlsx(path, workbook=parts()["xl/workbook.xml"].replace(one, one * 1_000))


@case("too_many_merges")
def a_merge_bomb(path):
    merges = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 60_000 + "</mergeCells>"
    small_xlsx(path, sheet=sheet(GOOD_ROWS, tail=merges))


def ods(path, body, **more):
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0" xmlns:calcext="urn:x">'
        f'<office:body><office:spreadsheet><table:table table:name="a">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    contents = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }
    pack(path, contents | {name.replace("__", "/").replace("_", "."): text for name, text in more.items()})


ODS_VALUE = '<table:table-cell office:value-type="float" office:value="1"{}><text:p>1</text:p></table:table-cell>'


@case("far_cell", ".ods")
def a_row_repeated_a_million_times(path):
    row = '<table:table-row table:number-rows-repeated="1048576">'
    ods(path, row + ODS_VALUE.format("") + "</table:table-row>")


@case("far_cell", ".ods")
def a_cell_repeated_to_the_last_column(path):
    ods(path, "<table:table-row>" + ODS_VALUE.format(' table:number-columns-repeated="16384"') + "</table:table-row>")


@case("far_cell", ".ods")
def a_value_behind_a_million_empty_rows(path):
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    ods(path, empty + "<table:table-row>" + ODS_VALUE.format("") + "</table:table-row>")


@case("damaged", ".ods")
def a_repeat_that_is_no_number(path):
    ods(path, f'<table:table-row table:number-rows-repeated="{"9" * 40}"><table:table-cell/></table:table-row>')


@case("encrypted", ".ods")
def an_encrypted_ods(path):
    manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    ods(path, "", **{"META-INF__manifest_xml": manifest})


@case("macros", ".ods")
def an_ods_with_basic(path):
    ods(path, "", **{"Basic__Standard__Module1_xml": "<module/>"})
