using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GossipSim.Analysis;

/// <summary>
/// Completes what Skia writes: a view box, so that the picture scales; title and description for screen readers; ids
/// that are unique on a page; short lengths and paths; and text placed as one run each. Skia places every glyph by
/// itself, which looks uneven where a reader's system lacks the font and draws another one.
/// </summary>
internal static partial class StandAloneSvg
{
    private const string FontStack = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
    private const string DefaultMiterLimit = "4";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Of(string svg, string title, string description, string prefix)
    {
        XElement root = XDocument.Parse(svg).Root!;
        root.SetAttributeValue("viewBox", $"0 0 {root.Attribute("width")!.Value} {root.Attribute("height")!.Value}");
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", $"{prefix}-title {prefix}-desc");
        root.SetAttributeValue("font-family", FontStack);
        foreach (XElement text in root.Descendants(Svg + "text")) PlaceAsOneRun(text);
        foreach (XAttribute outline in root.Descendants(Svg + "path").Attributes("d"))
            outline.Value = CompactPath.Of(outline.Value);
        root.Descendants().Attributes("stroke-miterlimit").Where(limit => limit.Value == DefaultMiterLimit).Remove();
        Dictionary<string, string> ids = root.Descendants().Attributes("id").Select(id => id.Value)
            .Select((id, index) => (id, index)).ToDictionary(each => each.id, each => $"{prefix}-{each.index}");
        foreach (XAttribute attribute in root.Descendants().Attributes())
            attribute.Value = attribute.Name == "id"
                ? ids[attribute.Value]
                : Reference().Replace(LongFraction().Replace(attribute.Value, Rounded), id =>
                    ids.TryGetValue(id.Groups[1].Value, out string? renamed) ? "#" + renamed : id.Value);
        root.AddFirst(
            new XElement(Svg + "title", new XAttribute("id", prefix + "-title"), title),
            new XElement(Svg + "desc", new XAttribute("id", prefix + "-desc"), description));
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string Rounded(Match number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d*\.\d{3,}")]
    private static partial Regex LongFraction();

    [GeneratedRegex(@"#(\w+)")]
    private static partial Regex Reference();

    /// <summary>The run keeps its width, whatever font draws it.</summary>
    private static void PlaceAsOneRun(XElement text)
    {
        string[] places = text.Attribute("x")!.Value.Split(
            [',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        text.SetAttributeValue("x", places[0]);
        text.SetAttributeValue("y", text.Attribute("y")!.Value.Split([',', ' '])[0]);
        text.Value = text.Value.Trim();
        bool isBold = text.Attribute("font-family")?.Value.Contains("SemiBold", StringComparison.Ordinal) ?? false;
        text.SetAttributeValue("font-family", null);
        text.SetAttributeValue("font-weight", isBold ? "600" : null);
        if (places.Length < 2) return;
        float size = float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        float width = TextBlock.Width(text.Value, size, isBold);
        text.SetAttributeValue("textLength", width.ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }
}
