namespace GossipSim.Scenarios.Files;

/// <summary>What the values of a churn model allow each other to be.</summary>
internal static class ChurnRules
{
    private const string Path = "churn";

    public static void Check(Scenario scenario, ProblemList problems)
    {
        switch (scenario.Churn)
        {
            case SessionChurn sessions:
                DistributionRules.Check(sessions.SessionSeconds, Path + ".sessionSeconds", problems);
                DistributionRules.Check(sessions.DowntimeSeconds, Path + ".downtimeSeconds", problems);
                CheckDeparture(sessions.Departure, problems);
                break;
            case ArrivalChurn arrivals:
                DistributionRules.Check(arrivals.SessionSeconds, Path + ".sessionSeconds", problems);
                CheckDeparture(arrivals.Departure, problems);
                break;
            case TraceChurn trace:
                CheckTrace(trace, problems);
                break;
            default:
                break;
        }
    }

    private static void CheckDeparture(DepartureSettings departure, ProblemList problems)
    {
        double sum = departure.CrashFraction + departure.LeaveFraction;
        problems.Require(
            Math.Abs(sum - 1) < 1e-9, Path + ".departure",
            $"crashFraction and leaveFraction make {sum} together, allowed is 1");
    }

    private static void CheckTrace(TraceChurn trace, ProblemList problems)
    {
        string found = trace.File is null ? "none" : "both";
        problems.Require(
            trace.Events.Count > 0 != trace.File is not null, Path,
            $"a trace needs either events or file, found {found}");
        for (int index = 1; index < trace.Events.Count; index++)
        {
            bool isInOrder = trace.Events[index - 1].Seconds <= trace.Events[index].Seconds;
            problems.Require(
                isInOrder, $"{Path}.events[{index}].seconds",
                $"found {trace.Events[index].Seconds} after {trace.Events[index - 1].Seconds}; "
                + "events come in order of time");
            if (!isInOrder) return;
        }
    }
}
