using System.Text;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// The files of the pages, read once: what is asked for is looked up by its whole name, so that no path leads out of
/// them. What several pages show alike is a file of its own, and stands in each where its name is.
/// </summary>
internal sealed partial class SiteFiles
{
    private static readonly Dictionary<string, string> types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, SiteFile> files;

    private SiteFiles(Dictionary<string, SiteFile> files) => this.files = files;

    public static string ProgramFolder { get; } = Path.Combine(AppContext.BaseDirectory, "site");

    public static SiteFiles Of(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => types.ContainsKey(Path.GetExtension(path)))
            .ToDictionary(
                path => "/" + Path.GetRelativePath(folder, path).Replace('\\', '/'),
                path => new SiteFile(types[Path.GetExtension(path)], Encoding.UTF8.GetBytes(TextOf(path)))));

    /// <summary>A file with its parts in their places.</summary>
    public static string TextOf(string path) => Part().Replace(
        File.ReadAllText(path).ReplaceLineEndings("\n"),
        part => TextOf(Path.Combine(Path.GetDirectoryName(path)!, part.Groups["file"].Value)));

    /// <param name="path">From the root, such as <c>/world.js</c>.</param>
    public SiteFile? Find(string path) => files.GetValueOrDefault(path);

    [GeneratedRegex("""^ *<!-- part: (?<file>[\w.-]+) -->\n""", RegexOptions.Multiline)]
    private static partial Regex Part();
}

internal sealed record SiteFile(string ContentType, byte[] Bytes);
