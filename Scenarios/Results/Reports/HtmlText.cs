using System.Net;
using System.Text;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Builds HTML: whatever is text is escaped, and only whole tables, elements and drawings are added raw.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder html = new();

    public HtmlText Raw(string markup)
    {
        html.Append(markup);
        return this;
    }

    public HtmlText Element(string name, string text, string? cssClass = null)
    {
        html.Append('<').Append(name);
        if (cssClass is not null) html.Append(" class=\"").Append(cssClass).Append('"');
        html.Append('>').Append(Encoded(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>A heading that links of the page can lead to.</summary>
    public HtmlText Section(string id, string title)
    {
        html.Append("<h2 id=\"").Append(id).Append("\">").Append(Encoded(title)).Append("</h2>\n");
        return this;
    }

    public HtmlText Link(string target, string text)
    {
        html.Append("<a href=\"").Append(WebUtility.HtmlEncode(target)).Append("\">").Append(Encoded(text))
            .Append("</a>");
        return this;
    }

    /// <param name="numeric">Columns aligned as numbers.</param>
    public HtmlText Table(
        IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, params ReadOnlySpan<int> numeric)
    {
        html.Append("<div class=\"scroll\"><table><thead><tr>");
        for (var i = 0; i < heads.Count; i++) Cell("th", heads[i], numeric.Contains(i));
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++) Cell("td", row[i], numeric.Contains(i));
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        return this;
    }

    public override string ToString() => html.ToString();

    private void Cell(string name, string text, bool numeric) =>
        html.Append('<').Append(name).Append(numeric ? " class=\"number\">" : ">")
            .Append(Encoded(text)).Append("</").Append(name).Append('>');

    /// <summary>No line begins with a percent sign.</summary>
    private static string Encoded(string text) => WebUtility.HtmlEncode(text.Replace(" %", "\u00a0%"));
}
