using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Counts what nodes refused, by reason.</summary>
internal sealed class RefusalRecord
{
    private readonly SortedDictionary<string, long> gossip = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> registrations = new(StringComparer.Ordinal);
    private long reports;

    public void Observe(in ProtocolEvent e)
    {
        if (e is { Kind: EventKind.GossipRefused, Detail: GossipRefusal refusal }) Count(gossip, refusal.Reason);
        else if (e is { Kind: EventKind.RegistrationDenied, Detail: RegisterNack nack })
            Count(registrations, nack.Reason.ToString());
        else if (e.Kind == EventKind.ReportRefused) reports++;
    }

    public RefusalSummary Summarize() =>
        new() { Gossip = gossip, Registrations = registrations, Reports = reports };

    private static void Count(SortedDictionary<string, long> counts, string reason)
    {
        var word = JsonNamingPolicy.CamelCase.ConvertName(reason);
        counts[word] = counts.GetValueOrDefault(word) + 1;
    }
}
