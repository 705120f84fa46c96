"""The drawn charts of a bulletin as DrawingML, with their numbers in them: rates by area, accepted month by month."""

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumFmt, NumVal, StrData, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.xml.functions import Element, tostring

# Printed in black and white as often as not.
DARK, LIGHT = "1F4E79", "BFBFBF"
SIZE = 900
FONT = "仿宋"


def bars(pairs):
    """Bars of rates in percent: [(label, Decimal or None)]."""
    chart = BarChart()
    chart.type, chart.gapWidth = "col", 60
    return _xml(chart, pairs, "0.0", largest=100)


def line(pairs):
    """A line of whole numbers: [(label, int)]."""
    return _xml(LineChart(), pairs, "#,##0")


def _xml(chart, pairs, number_format, largest=None):
    series = _series(pairs, number_format)
    properties = GraphicalProperties(solidFill=DARK, ln=LineProperties(solidFill=DARK, w=22_000))
    if isinstance(chart, LineChart):
        properties = GraphicalProperties(ln=LineProperties(solidFill=DARK, w=22_000))
        series.smooth = False
        series.marker = Marker(symbol="circle", size=6, spPr=GraphicalProperties(solidFill=DARK))
    series.graphicalProperties = properties
    series.dLbls = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
        numFmt=number_format,
    )
    series.dLbls.txPr = _text()
    series.dLbls.position = "t" if isinstance(chart, LineChart) else "outEnd"
    chart.series.append(series)
    chart.legend, chart.style, chart.roundedCorners = None, None, False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete, axis.txPr = False, _text()
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="7F7F7F"))
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LIGHT, w=6_000))
    chart.y_axis.numFmt = NumFmt(formatCode="#,##0" if largest is None else '0"%"', sourceLinked=False)
    chart.y_axis.scaling.min = 0
    if largest:
        chart.y_axis.scaling.max, chart.y_axis.majorUnit = largest, largest / 5
    chart.layout = Layout(manualLayout=ManualLayout(x=0.08, y=0.1, w=0.9, h=0.74, layoutTarget="inner"))
    chart.x_axis.axPos, chart.varyColors = "b", False
    tree = chart._write()
    # Otherwise the name of the only series would stand over the chart.
    tree.find("chart").insert(0, Element("autoTitleDeleted", val="1"))
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + tostring(tree)


def _series(pairs, number_format):
    """With literal values: a paper has no workbook behind it."""
    labels = [StrVal(idx=at, v=label) for at, (label, _) in enumerate(pairs)]
    values = [NumVal(idx=at, v=f"{value}") for at, (_, value) in enumerate(pairs) if value is not None]
    return Series(
        idx=0,
        order=0,
        cat=AxDataSource(strLit=StrData(ptCount=len(pairs), pt=labels)),
        val=NumDataSource(numLit=NumData(formatCode=number_format, ptCount=len(pairs), pt=values)),
    )


def _text():
    how = CharacterProperties(sz=SIZE, latin=Font(typeface="Times New Roman"), ea=Font(typeface=FONT))
    return RichText(
        p=[Paragraph(pPr=ParagraphProperties(defRPr=how), r=[], endParaRPr=CharacterProperties(lang="zh-CN"))]
    )
