using System.Text.Json;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>What a page is told of a run beside its events.</summary>
internal static class RunCardOfPage
{
    /// <param name="isStored">Whether the run is over, and its events come from a log.</param>
    public static void Write(Utf8JsonWriter json, RunFacts facts, IPageDeeds deeds, bool isStored = false)
    {
        json.WriteStartObject("run"u8);
        json.WriteString("scenario"u8, facts.Scenario);
        json.WriteString("runtime"u8, facts.RuntimeName);
        json.WriteNumber("randomSeed"u8, facts.RandomSeed);
        json.WriteNumber("quorum"u8, facts.Quorum);
        json.WriteNumber("peers"u8, facts.PeersWanted);
        json.WriteBoolean("stored"u8, isStored);
        EventDetail.WriteAddresses(json, "seedNodes", facts.SeedNodes);
        json.WriteStartObject("deeds"u8);
        json.WriteStartArray("allowed"u8);
        foreach (var word in deeds.Allowed) json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteString("reason"u8, deeds.Reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
