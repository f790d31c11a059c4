using System.Text;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// A module of the site and all that it imports as one script, for a file that may load nothing. The modules keep to
/// what this reads: an import is one line of names from a file, and whatever is exported is declared there.
/// </summary>
internal sealed partial class ScriptBundle
{
    private readonly string folder;
    private readonly HashSet<string> bundled = [];
    private readonly StringBuilder script = new();

    private ScriptBundle(string folder) => this.folder = folder;

    /// <exception cref="InvalidDataException">A module says something that would be lost.</exception>
    public static string Of(string folder, string entry)
    {
        var bundle = new ScriptBundle(folder);
        bundle.script.Append(bundle.WithImports(entry));
        var script = bundle.script.ToString();
        return script.Contains("</", StringComparison.Ordinal)
            ? throw new InvalidDataException($"{entry}: a script in a page cannot hold the end of an element")
            : script;
    }

    /// <summary>The module's text with its imports taken from what was bundled, which is done first.</summary>
    private string WithImports(string file)
    {
        var text = File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n");
        text = Import().Replace(text, import =>
        {
            Add(import.Groups["file"].Value);
            return $"const {{ {import.Groups["names"].Value} }} = {NameOf(import.Groups["file"].Value)};";
        });
        return LeftOver().IsMatch(text)
            ? throw new InvalidDataException($"{file}: an import or export that a report cannot hold")
            : text;
    }

    private void Add(string file)
    {
        if (!bundled.Add(file)) return;
        var text = WithImports(file);
        var names = Export().Matches(text).Select(export => export.Groups["name"].Value);
        script.Append($"const {NameOf(file)} = (() => {{\n")
            .Append(Export().Replace(text, "${kind} ${name}"))
            .Append($"return {{ {string.Join(", ", names)} }};\n}})();\n");
    }

    private static string NameOf(string file) => $"module_{NoLetter().Replace(file, "_")}";

    [GeneratedRegex(@"^import \{ (?<names>[\w, ]+) \} from '\./(?<file>[\w.-]+)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<kind>(async )?function|class|const) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^import\b|^export (?!((async )?function|class|const) \w)", RegexOptions.Multiline)]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoLetter();
}
