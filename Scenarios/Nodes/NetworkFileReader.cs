using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Prompting;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// Reads the seed lists of all documents (SOURCES S39, S40): <c>IP:Port</c> or <c>IP,Port</c> on each line, and
/// config.yml. Comments, blank lines, Windows line ends and a missing newline at the end are no mistakes.
/// </summary>
internal static class NetworkFileReader
{
    /// <summary>What <c>seed</c> and <c>peer</c> look for in the current directory, in this order.</summary>
    public static readonly IReadOnlyList<string> UsualNames = ["config.txt", "config.yml", "config.csv"];

    private static readonly char[] separators = [':', ',', ';', '\t', ' '];

    private const int LargestFile = 1024 * 1024;

    /// <summary>Seed nodes that a cluster may have, as in a scenario.</summary>
    private const int MostSeedNodes = 99;

    /// <exception cref="UsageException">There is no such file, or a mistake in it.</exception>
    public static NetworkFile Read(string path, string name)
    {
        string text = ReadText(path, name);
        bool isYaml = Path.GetExtension(path).ToUpperInvariant() is ".YML" or ".YAML";
        NetworkFile file = isYaml ? YamlNetworkFile.Read(text, name) : new NetworkFile(name, ReadLines(text, name));
        if (file.SeedNodes.Count == 0)
            throw new UsageException($"{name}: no seed nodes; write one a line, as in 127.0.0.1:6000");
        if (file.SeedNodes.Count > MostSeedNodes)
            throw new UsageException($"{name}: found {file.SeedNodes.Count} seed nodes, allowed are {MostSeedNodes}");
        foreach (var twice in file.SeedNodes.GroupBy(seed => seed.ToString()).Where(group => group.Count() > 1))
            throw new UsageException($"{twice.Last().Place}: {twice.Key} is there twice, and would vote twice");
        return file;
    }

    /// <summary>Reads a host and a port with a colon, comma, semicolon, tab or blank between them.</summary>
    public static WrittenAddress ReadAddress(string text, string place)
    {
        if (IsIPv6(text)) throw HostNames.NoIPv6(text, place);
        string plain = Unquoted(text.Trim());
        int split = plain.LastIndexOfAny(separators);
        string host = split < 0 ? "" : plain[..split].TrimEnd();
        // A blank may follow another separator.
        if (split >= 0 && plain[split] == ' ') host = host.TrimEnd(separators);
        host = Unquoted(host);
        if (host.Length == 0 || host.Any(letter => char.IsWhiteSpace(letter) || separators.Contains(letter)))
        {
            throw new UsageException(
                $"{place}: found \"{TypedText.Shown(text)}\", allowed is host:port, as in 127.0.0.1:6000");
        }

        return new WrittenAddress(host, ReadPort(Unquoted(plain[(split + 1)..].Trim()), place), place);
    }

    /// <summary>Whether it is an IPv6 address, in brackets or not, perhaps with a port.</summary>
    private static bool IsIPv6(string text) => text.StartsWith('[') || HostNames.IsIPv6(text)
        || (text.LastIndexOf(':') is > 0 and var colon && HostNames.IsIPv6(text[..colon]));

    private static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] && !text[1..^1].Contains(text[0])
            ? text[1..^1].Trim() : text;

    public static ushort ReadPort(string text, string place) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? port
            : throw new UsageException($"{place}: found the port \"{TypedText.Shown(text)}\", allowed are 1 to 65535");

    private static List<WrittenAddress> ReadLines(string text, string name)
    {
        var found = new List<WrittenAddress>();
        string[] lines = text.Split('\n');
        bool isFirst = true;
        for (int index = 0; index < lines.Length; index++)
        {
            string line = WithoutComment(lines[index]);
            if (line.Length == 0) continue;
            if (!isFirst || !IsHeading(line)) found.Add(ReadAddress(line, $"{name}:{index + 1}"));
            isFirst = false;
        }

        return found;
    }

    /// <summary>
    /// The names of columns, as spreadsheets put them on top: two words or more, and a port is no word. One word alone,
    /// or one without anything behind its separator, is a host whose port was forgotten.
    /// </summary>
    private static bool IsHeading(string line) => !line.Any(char.IsDigit)
        && line.Split(separators, StringSplitOptions.RemoveEmptyEntries).Length > 1;

    internal static string WithoutComment(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Trim();
    }

    private static string ReadText(string path, string name)
    {
        if (!File.Exists(path))
            throw new UsageException($"no file \"{name}\"");
        try
        {
            byte[] bytes = LimitedFile.Read(path, LargestFile)
                ?? throw new UsageException($"{name}: more than {LargestFile} bytes are no list of seed nodes");
            using var text = new StreamReader(new MemoryStream(bytes));
            return text.ReadToEnd();   // a byte order mark is not part of the text
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{name}: cannot be read: {unreadable.Message}");
        }
    }
}
