using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GossipSim.Scenarios.Pages;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// What the demo's page asks for: what can be chosen, and the steps of a phase. All of it can be asked for again, by
/// any page, in any order; nothing is changed by asking.
/// </summary>
internal sealed class DemoRoutes(DemoShelf shelf, DemoChoice first)
{
    public const string SetupPath = "/api/demo/setup";
    public const string PhasePath = "/api/demo/phase";

    private static readonly JsonSerializerOptions writing = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public PageRoutes AddTo(PageRoutes routes) => routes.Get(SetupPath, SetupAsync).Get(PhasePath, PhaseAsync);

    private Task SetupAsync(HttpContext context) => AnswerAsync(context, new
    {
        Seeds = first.SeedNodes,
        first.Peers,
        Rule = first.Rule.Word,
        first.RandomSeed,
        FewestSeeds = DemoChoice.FewestSeedNodes,
        MostSeeds = DemoChoice.MostSeedNodes,
        DemoChoice.FewestPeers,
        DemoChoice.MostPeers,
        Rules = DemoRule.All.Select(rule => new { rule.Word, rule.Label }),
        Phases = DemoPhases.All.Select(DemoPhases.TitleOf),
    });

    private Task PhaseAsync(HttpContext context)
    {
        var (choice, phase) = Read(context.Request.Query);
        var session = shelf.Take(choice);
        var steps = session.StepsOf(phase);
        return AnswerAsync(context, new
        {
            Phase = (int)phase,
            choice.RandomSeed,
            Nodes = session.Names.SeedNodes.Concat(session.Names.Peers).Select((node, number) => new
            {
                Address = node.ToString(),
                Name = session.Names.Of(node),
                Label = NumberWords.Digits(node.Port),
                IsSeed = number < choice.SeedNodes,
            }),
            Steps = steps,
        });
    }

    private static (DemoChoice Choice, DemoPhase Phase) Read(IQueryCollection query)
    {
        try
        {
            var choice = DemoChoice.Read(
                Value(query, "seeds"), Value(query, "peers"), Value(query, "rule"), Value(query, "randomSeed"));
            return (choice, DemoPhases.Read(Value(query, "phase")));
        }
        catch (DemoRefusal refusal)
        {
            throw new PageRefusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
    }

    private static string? Value(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) ? values.ToString() : null;

    private static Task AnswerAsync(HttpContext context, object answer) =>
        PageAnswer.JsonAsync(context, JsonSerializer.SerializeToUtf8Bytes(answer, writing));
}
