using System.Text.Json;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// The timing table. The column <c>fast</c> is the initial values of the records; another column is a layer below all
/// files. A witness's answer time is the confirmation timeout.
/// </summary>
internal static class TimingDefaults
{
    public const string Key = "timing";

    /// <summary>The documents' own 13 s ping, and slower rounds to go with it: removed after at most 49 s.</summary>
    private const string Documents = """
        {
          "seedNodes": {
            "voteTimeoutMs": 2000, "probeTimeoutMs": 1000, "probeAttempts": 3, "syncIntervalMs": 15000
          },
          "peers": { "registerTimeoutMs": 8000, "refreshIntervalMs": 60000 },
          "overlay": { "repair": { "intervalMs": 13000 } },
          "liveness": {
            "pingIntervalMs": 13000, "pingTimeoutMs": 2000, "missedPingsToSuspect": 3,
            "confirmation": { "timeoutMs": 2000 }
          }
        }
        """;

    /// <summary>The scenario over the timings of the profile that it names.</summary>
    public static SourceObject Under(SourceObject scenario)
    {
        bool isDocuments = scenario.Find(Key)?.Value is SourceScalar { Kind: JsonValueKind.String } profile
            && profile.Text == ScenarioJson.WordsOf(typeof(TimingProfile))[(int)TimingProfile.Documents];
        return isDocuments
            ? scenario.Over((SourceObject)SourceReader.TryReadOption(Documents, "the timing profile \"documents\"")!)
            : scenario;
    }
}
