using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// What was typed after <c>seed</c> or <c>peer</c>, in the style of any document (SOURCES S43, S44):
/// <c>config.csv 6001 127.0.0.1</c>, <c>127.0.0.1:6001</c>, <c>6001</c>, or everything as options.
/// </summary>
internal sealed record NodeArguments
{
    private static readonly string[] extensions = [".txt", ".csv", ".yml", ".yaml", ".conf", ".cfg"];

    public string? Config { get; init; }

    public string? Host { get; init; }

    public ushort? Port { get; init; }

    /// <summary>What others dial, when it is not where the node listens: a host, or host:port.</summary>
    public string? Advertise { get; init; }

    /// <param name="isFile">Whether there is such a file: one may be called anything.</param>
    /// <exception cref="UsageException">A word means nothing, or two say the same thing.</exception>
    public NodeArguments With(IEnumerable<string> words, Predicate<string> isFile) =>
        words.Aggregate(this, (known, word) => known.With(word, isFile));

    private NodeArguments With(string word, Predicate<string> isFile)
    {
        if (word.All(char.IsAsciiDigit) && word.Length > 0)
            return WithPort(NetworkFileReader.ReadPort(word, "port"));
        if (extensions.Contains(Path.GetExtension(word).ToLowerInvariant()) || isFile(word))
        {
            return Config is null
                ? this with { Config = word }
                : throw new UsageException($"found two configuration files, {Config} and {word}");
        }

        if (!word.Contains(':', StringComparison.Ordinal))
            return WithHost(word);
        WrittenAddress address = NetworkFileReader.ReadAddress(word, "address");
        return WithHost(address.Host).WithPort(address.Port);
    }

    private NodeArguments WithHost(string host) => Host is null
        ? this with { Host = host }
        : throw new UsageException($"found two hosts, {Host} and {host}");

    private NodeArguments WithPort(ushort port) => Port is null
        ? this with { Port = port }
        : throw new UsageException($"found two ports, {Port} and {port}");
}
