using System.Text.Json.Serialization;

namespace GossipSim.Analysis;

/// <summary>What may honestly be said about a list of integers; JSON carries the camel-case names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PowerLawVerdict>))]
public enum PowerLawVerdict
{
    /// <summary>Fewer than three distinct values: every law passes through them.</summary>
    [JsonStringEnumMemberName("cannotBeFitted")]
    CannotBeFitted,

    /// <summary>Too few values, too short a tail, or an exponential explains the tail as well.</summary>
    [JsonStringEnumMemberName("inconclusive")]
    Inconclusive,

    /// <summary>The bootstrap or a better alternative distribution speaks against a power law.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>
    /// Nothing speaks against a power law among the values of at least xmin; that is not a proof of one.
    /// </summary>
    [JsonStringEnumMemberName("supported")]
    Supported,
}
