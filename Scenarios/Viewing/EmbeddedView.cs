using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The player inside a report: the page of a stored run as a document of its own within the report's, with its style,
/// its script and some of the events inside. It may run that script, by its hash, and load nothing.
/// </summary>
/// <param name="Markup">For the report: a frame that holds the document.</param>
/// <param name="InWords">What is in it.</param>
internal sealed partial record EmbeddedView(string Markup, string InWords)
{
    private const string Page = "view-embedded.html";

    private static readonly Lazy<(string Before, string After)> document = new(Assemble);

    /// <summary>Null where the folder has no log that can be shown.</summary>
    public static EmbeddedView? Of(string folder)
    {
        ViewedRun run;
        try
        {
            run = ViewedRun.Open(folder);
        }
        catch (UsageException)
        {
            return null;
        }

        if (run.Log.Count == 0) return null;
        var events = new EmbeddedEvents(run.Log);
        var data = new MemoryStream();
        using (var json = new Utf8JsonWriter(data, new JsonWriterOptions { Encoder = ViewJson.Options.Encoder }))
            events.Write(json, run.About);
        var (before, after) = document.Value;
        var text = before + Encoding.UTF8.GetString(data.ToArray()).Replace("<", "\\u003c", StringComparison.Ordinal)
            + after;
        return new EmbeddedView(
            "<iframe class=\"player\" title=\"The run, played\" sandbox=\"allow-scripts\" "
            + $"srcdoc=\"{WebUtility.HtmlEncode(text)}\"></iframe>\n",
            events.InWords());
    }

    /// <summary>The document up to its data, and what follows them.</summary>
    private static (string Before, string After) Assemble()
    {
        var script = "\n" + ScriptBundle.Of(SiteFiles.ProgramFolder, "view-embedded.js");
        var style = "\n" + string.Concat(Style().Matches(Text(Page)).Select(link => Text(link.Groups["file"].Value)));
        var policy = $"default-src 'none'; script-src 'sha256-{HashOf(script)}'; style-src 'sha256-{HashOf(style)}'";
        var html = Style().Replace(Text(Page), "");
        html = Script().Replace(html, _ =>
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<style>{style}</style>\n");
        var end = html.IndexOf("</body>", StringComparison.Ordinal);
        return (
            html[..end] + "<script type=\"application/json\" id=\"run\">",
            $"</script>\n<script type=\"module\">{script}</script>\n{html[end..]}");
    }

    private static string Text(string file) => SiteFiles.TextOf(Path.Combine(SiteFiles.ProgramFolder, file));

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("""^\s*<link rel="stylesheet" href="(?<file>[\w.-]+)">\n""", RegexOptions.Multiline)]
    private static partial Regex Style();

    [GeneratedRegex("""^\s*<script type="module" src="[\w.-]+"></script>\n""", RegexOptions.Multiline)]
    private static partial Regex Script();
}
