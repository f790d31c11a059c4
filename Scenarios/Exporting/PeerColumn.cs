using System.Globalization;

namespace GossipSim.Scenarios.Exporting;

/// <summary>What every format says of a peer beside its name: the same columns under the same names.</summary>
/// <param name="Type">In the words of GEXF.</param>
/// <param name="Of">The value as text; null for none.</param>
internal sealed record PeerColumn(string Name, string Type, Func<ExportedPeer, string?> Of)
{
    public static IReadOnlyList<PeerColumn> All { get; } =
    [
        new("degree", "integer", peer => Text<int>(peer.Degree)),
        new("epoch", "integer", peer => Text(peer.Epoch)),
        new("joinStamp", "long", peer => Text(peer.JoinStamp)),
        new("startedSeconds", "double", peer => Text(peer.StartedSeconds)),
        new("crashedSeconds", "double", peer => Text(peer.CrashedSeconds)),
        new("removedSeconds", "double", peer => Text(peer.RemovedSeconds)),
        new("leftSeconds", "double", peer => Text(peer.LeftSeconds)),
        new("live", "boolean", peer => peer.IsLive ? "true" : "false"),
    ];

    /// <summary>Those that say anything of these peers.</summary>
    public static List<PeerColumn> UsedBy(IReadOnlyList<ExportedPeer> peers) =>
        [.. All.Where(column => peers.Any(peer => column.Of(peer) is not null))];

    public static string? Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);
}
