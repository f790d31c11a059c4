using System.Globalization;
using System.Security;
using System.Text;

namespace GossipSim.Analysis;

/// <summary>
/// SVG text in the making. Coordinates have two fixed decimals and the invariant culture, so equal figures are equal
/// bytes on every machine.
/// </summary>
internal sealed class SvgMarkup
{
    private readonly StringBuilder text = new();

    public static string Number(double value)
    {
        string number = value.ToString("0.##", CultureInfo.InvariantCulture);
        return number == "-0" ? "0" : number;
    }

    /// <summary>An empty element; attributes are name, value, name, value; a null value leaves its name out.</summary>
    public void Element(string name, params string?[] attributes)
    {
        Start(name, attributes);
        text.Append("/>\n");
    }

    public void Open(string name, params string?[] attributes)
    {
        Start(name, attributes);
        text.Append(">\n");
    }

    public void Close(string name) => text.Append("</").Append(name).Append(">\n");

    public void TextElement(string name, string content, params string?[] attributes)
    {
        Start(name, attributes);
        text.Append('>').Append(SecurityElement.Escape(content)).Append("</").Append(name).Append(">\n");
    }

    /// <summary>Rules for the whole drawing; text without a character that markup would have to escape.</summary>
    public void Style(string css) => text.Append("<style>").Append(css).Append("</style>\n");

    public void Line(
        double x1, double y1, double x2, double y2, string stroke, double width, string? dash = null,
        double? opacity = null) =>
        Element(
            "line", "x1", Number(x1), "y1", Number(y1), "x2", Number(x2), "y2", Number(y2),
            "stroke", stroke, "stroke-width", Number(width), "stroke-dasharray", dash,
            "stroke-opacity", opacity is { } share ? Number(share) : null);

    public void Text(
        string content, double x, double y, double size, string fill = Palette.Ink, string anchor = "start",
        bool bold = false, string? transform = null) =>
        TextElement(
            "text", content, "x", Number(x), "y", Number(y), "font-size", Number(size), "fill", fill,
            "text-anchor", anchor == "start" ? null : anchor, "font-weight", bold ? "600" : null,
            "transform", transform);

    /// <summary>10 with a raised exponent; dy moves instead of baseline-shift, which not every browser knows.</summary>
    public void PowerOfTen(int exponent, double x, double y, double size, string anchor)
    {
        Start(
            "text", ["x", Number(x), "y", Number(y), "font-size", Number(size), "fill", Palette.Ink,
            "text-anchor", anchor]);
        string raised = exponent.ToString(CultureInfo.InvariantCulture).Replace('-', '\u2212');
        text.Append(CultureInfo.InvariantCulture, $">10<tspan dy=\"{Number(-0.42 * size)}\"")
            .Append(CultureInfo.InvariantCulture, $" font-size=\"{Number(0.75 * size)}\">{raised}</tspan></text>\n");
    }

    public override string ToString() => text.ToString();

    private void Start(string name, string?[] attributes)
    {
        text.Append('<').Append(name);
        for (int i = 0; i < attributes.Length; i += 2)
        {
            if (attributes[i + 1] is not { } value) continue;
            text.Append(' ').Append(attributes[i]).Append("=\"").Append(SecurityElement.Escape(value)).Append('"');
        }
    }
}
