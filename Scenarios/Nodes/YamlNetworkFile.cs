using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// Document 002's config.yml: <c>seeds</c> (of <c>ip</c> and <c>port</c>), <c>peer_port_range</c> (<c>start</c>,
/// <c>end</c>) and <c>initial_peers</c>, in block style or with braces. No other YAML is understood, and everything
/// else is told by line.
/// </summary>
internal sealed class YamlNetworkFile
{
    private static readonly string[] sections = ["seeds", "peer_port_range", "initial_peers"];

    private readonly string name;
    private readonly List<WrittenAddress> seeds = [];
    private readonly Dictionary<string, (string Value, int Line)> ports = [];
    private readonly Dictionary<string, string> seed = [];
    private string section = "";
    private int? initialPeers;
    private int seedLine;

    private YamlNetworkFile(string name) => this.name = name;

    public static NetworkFile Read(string text, string name)
    {
        var file = new YamlNetworkFile(name);
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].TrimEnd();
            if (NetworkFileReader.WithoutComment(line) is { Length: > 0 } words && words != "---")
                file.ReadLine(words, isIndented: char.IsWhiteSpace(line[0]), index + 1);
        }

        file.EndSeed();
        return new NetworkFile(name, file.seeds) { PeerPorts = file.PeerPorts(), InitialPeers = file.initialPeers };
    }

    private void ReadLine(string words, bool isIndented, int line)
    {
        bool isItem = words.StartsWith('-');
        if (!isIndented && !isItem)
        {
            EndSeed();
            (section, string value) = Pair(words, line);
            if (!sections.Contains(section))
                throw Wrong(line, $"unknown key \"{section}\"{Suggestion.DidYouMean(section, sections)}");
            if (value.Length > 0) ReadValue(value, line);
            return;
        }

        if (section == "seeds") ReadSeed(isItem ? words[1..].Trim() : words, isItem, line);
        else if (section == "peer_port_range" && !isItem) Add(ports, words, line);
        else throw Wrong(line, $"found \"{words}\" outside of a section");
    }

    /// <summary>What stands on the line of the section's own key.</summary>
    private void ReadValue(string value, int line)
    {
        switch (section)
        {
            case "initial_peers":
                initialPeers = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    ? count
                    : throw Wrong(line, $"found \"{value}\", allowed is a number of peers");
                break;
            case "peer_port_range":
                foreach (string pair in InBraces(value, '{', '}', line)) Add(ports, pair, line);
                break;
            default:
                foreach (string item in Items(value, line)) ReadSeed(item, isNew: true, line);
                break;
        }
    }

    private void ReadSeed(string words, bool isNew, int line)
    {
        if (isNew)
        {
            EndSeed();
            seedLine = line;
        }

        if (words.StartsWith('{'))
        {
            foreach (string pair in InBraces(words, '{', '}', line)) AddToSeed(pair, line);
        }
        else if (words.StartsWith("ip:", StringComparison.Ordinal)
            || words.StartsWith("host:", StringComparison.Ordinal)
            || words.StartsWith("port:", StringComparison.Ordinal))
        {
            AddToSeed(words, line);
        }
        else if (words.Length > 0)
        {
            seeds.Add(NetworkFileReader.ReadAddress(Unquoted(words), $"{name}:{line}"));
        }
    }

    private void AddToSeed(string words, int line)
    {
        (string key, string value) = Pair(words, line);
        if (key is not ("ip" or "host" or "port"))
            throw Wrong(line, $"unknown key \"{key}\"; a seed node has ip and port");
        seed[key == "host" ? "ip" : key] = value;
    }

    private void EndSeed()
    {
        if (seed.Count == 0) return;
        string place = $"{name}:{seedLine}";
        if (!seed.TryGetValue("ip", out string? host) || !seed.TryGetValue("port", out string? port))
            throw Wrong(seedLine, "a seed node needs ip and port");
        seeds.Add(NetworkFileReader.ReadAddress($"{host}:{port}", place));
        seed.Clear();
    }

    private void Add(Dictionary<string, (string, int)> into, string words, int line)
    {
        (string key, string value) = Pair(words, line);
        if (key is not ("start" or "end"))
            throw Wrong(line, $"unknown key \"{key}\"; a range of ports has start and end");
        into[key] = (value, line);
    }

    private (ushort, ushort)? PeerPorts()
    {
        if (ports.Count == 0) return null;
        if (!ports.TryGetValue("start", out var start) || !ports.TryGetValue("end", out var end))
            throw new UsageException($"{name}: peer_port_range needs start and end");
        ushort first = NetworkFileReader.ReadPort(start.Value, $"{name}:{start.Line}");
        ushort last = NetworkFileReader.ReadPort(end.Value, $"{name}:{end.Line}");
        return first <= last ? (first, last) : throw Wrong(end.Line, $"the range ends at {last}, before {first}");
    }

    private (string Key, string Value) Pair(string words, int line)
    {
        int colon = words.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (words[..colon].Trim(), Unquoted(words[(colon + 1)..].Trim()))
            : throw Wrong(line, $"found \"{words}\", expected key: value");
    }

    private IEnumerable<string> Items(string list, int line)
    {
        // Commas inside of braces belong to a seed node.
        string[] items = string.Concat(InBraces(list, '[', ']', line).Select(item => item + ","))
            .Split("},", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return items.SelectMany(item => item.StartsWith('{')
            ? [item + "}"]
            : item.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private string[] InBraces(string words, char open, char close, int line) =>
        words.StartsWith(open) && words.EndsWith(close)
            ? words[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw Wrong(line, $"found \"{words}\", expected {open} … {close} on one line");

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;

    private UsageException Wrong(int line, string problem) => new($"{name}:{line}: {problem}");
}
