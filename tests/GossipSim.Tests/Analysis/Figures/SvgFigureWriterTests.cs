using System.Globalization;
using System.Xml.Linq;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class SvgFigureWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Every_figure_is_well_formed_and_names_itself(string name)
    {
        Figure figure = Samples.Figure(name);

        XElement root = Parse(figure);

        Assert.That(root.Name, Is.EqualTo(Svg + "svg"));
        Assert.That(root.Element(Svg + "title")!.Value, Is.EqualTo(figure.Title));
        Assert.That(root.Element(Svg + "desc")!.Value, Does.StartWith(figure.Subtitle));
        Assert.That(root.Attribute("viewBox")!.Value, Is.EqualTo($"0 0 {Get(root, "width")} {Get(root, "height")}"));
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Equal_figures_are_equal_bytes_in_every_culture(string name)
    {
        string here = SvgFigureWriter.Write(Samples.Figure(name));
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.That(SvgFigureWriter.Write(Samples.Figure(name)), Is.EqualTo(here));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void All_text_lies_within_the_picture(
        [ValueSource(typeof(Samples), nameof(Samples.Names))] string name,
        [ValueSource(typeof(Samples), nameof(Samples.Dresses))] FigureDress dress)
    {
        XElement root = Parse(Samples.Figure(name), dress);
        double width = Get(root, "width"), height = Get(root, "height");

        foreach (XElement text in root.Descendants(Svg + "text"))
        {
            bool upright = text.Attribute("transform") == null;
            (double left, double right) = Extent(text, upright ? Get(text, "x") : Get(text, "y"));
            Assert.That(left, Is.GreaterThanOrEqualTo(0), text.Value);
            Assert.That(right, Is.LessThanOrEqualTo(upright ? width : height), text.Value);
            Assert.That(Get(text, "y"), Is.InRange(Get(text, "font-size"), height - 4), text.Value);
        }
    }

    [Test]
    public void Texts_do_not_overlap(
        [ValueSource(typeof(Samples), nameof(Samples.Names))] string name,
        [ValueSource(typeof(Samples), nameof(Samples.Dresses))] FigureDress dress)
    {
        XElement[] texts = [.. Parse(Samples.Figure(name), dress).Descendants(Svg + "text")
            .Where(text => text.Attribute("transform") == null)];

        for (int i = 0; i < texts.Length; i++)
        {
            for (int j = i + 1; j < texts.Length; j++)
            {
                (double aLeft, double aRight) = Extent(texts[i], Get(texts[i], "x"));
                (double bLeft, double bRight) = Extent(texts[j], Get(texts[j], "x"));
                double rows = Math.Abs(Get(texts[i], "y") - Get(texts[j], "y"));
                bool apart = aRight <= bLeft || bRight <= aLeft || rows >= 13;
                Assert.That(apart, $"'{texts[i].Value}' and '{texts[j].Value}'");
            }
        }
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void The_legend_never_covers_data(string name)
    {
        XElement root = Parse(Samples.Figure(name));
        XElement plot = root.Elements(Svg + "rect").Single(rect => (string?)rect.Attribute("class") == "plot-area");
        double edge = Get(plot, "x") + Get(plot, "width");
        XElement legend = root.Elements(Svg + "g").Single(group => (string?)group.Attribute("class") == "legend");
        const double halfMark = 6;

        double legendLeft = legend.Descendants()
            .Select(element => element.Attribute("x") ?? element.Attribute("x1") ?? element.Attribute("cx"))
            .OfType<XAttribute>().Select(Number).DefaultIfEmpty(edge + 2 * halfMark).Min();

        Assert.That(legendLeft, Is.GreaterThan(edge + halfMark));
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void Marks_lie_in_the_plot_area_and_are_not_clipped(string name)
    {
        XElement root = Parse(Samples.Figure(name));
        XElement plot = root.Elements(Svg + "rect").Single(rect => (string?)rect.Attribute("class") == "plot-area");
        XElement[] circles = [.. root.Elements(Svg + "g")
            .Where(group => (string?)group.Attribute("class") == "series").Descendants(Svg + "circle")];

        foreach (XElement circle in circles)
        {
            Assert.That(Get(circle, "cx") - Get(plot, "x"), Is.InRange(0, Get(plot, "width")));
            Assert.That(Get(circle, "cy") - Get(plot, "y"), Is.InRange(0, Get(plot, "height")));
            Assert.That(circle.Parent!.Attribute("clip-path"), Is.Null);
        }
    }

    [Test]
    public void Figures_on_one_page_share_no_id()
    {
        string[] names = ["degrees", "latency", "coverage", "detection", "stages", "drawing", "space and time"];

        string[] ids = [.. names.SelectMany(name => Parse(Samples.Figure(name)).DescendantsAndSelf()
            .Attributes("id").Select(id => id.Value))];

        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.Some.EqualTo("coverage-over-time-clip"));
    }

    [Test]
    public void Powers_of_ten_are_written_with_a_raised_exponent()
    {
        string[] ticks = [.. Parse(Samples.Figure("degrees")).Descendants(Svg + "tspan").Select(tspan => tspan.Value)];

        Assert.That(ticks, Is.SupersetOf(new[] { "\u22123", "\u22122", "\u22121", "0" }));
    }

    [Test]
    public void Every_colour_of_a_drawing_has_a_dark_counterpart()
    {
        foreach (string name in Samples.Names)
        {
            XElement root = Parse(Samples.Figure(name));
            string rules = root.Element(Svg + "style")!.Value;
            IEnumerable<string> used = root.Descendants().Attributes()
                .Where(attribute => attribute.Name == "fill" || attribute.Name == "stroke")
                .Select(attribute => $"[{attribute.Name}=\"{attribute.Value}\"]").Distinct()
                .Where(selector => !selector.Contains("none"));

            Assert.That(used.Where(selector => !rules.Contains(selector)), Is.Empty, name);
        }
    }

    [Test]
    public void A_figure_for_a_phone_is_narrow_and_has_ids_of_its_own()
    {
        XElement root = Parse(Samples.Figure("latency"), FigureDress.InNarrowPage);

        Assert.That(Get(root, "width"), Is.LessThanOrEqualTo(328));
        Assert.That(
            root.Descendants().Attributes("id").Select(id => id.Value),
            Is.All.StartsWith("propagation-latency-narrow-"));
    }

    [Test]
    public void A_whole_figure_says_of_which_run_it_is()
    {
        Figure figure = Samples.Figure("latency") with { Source = "crash-hub, simulator, random seed 42" };

        Assert.That(
            Parse(figure).Descendants(Svg + "text").Select(text => text.Value), Has.Some.EqualTo(figure.Source));
    }

    private static XElement Parse(Figure figure, FigureDress dress = FigureDress.Whole) =>
        XDocument.Parse(SvgFigureWriter.Write(figure, dress)).Root!;

    private static (double Left, double Right) Extent(XElement text, double at)
    {
        bool bold = text.Attribute("font-weight") != null;
        double width = TextMeasure.Width(text.Value, Get(text, "font-size"), bold);
        return (string?)text.Attribute("text-anchor") switch
        {
            "middle" => (at - width / 2, at + width / 2),
            "end" => (at - width, at),
            _ => (at, at + width),
        };
    }

    private static double Get(XElement element, string attribute) => Number(element.Attribute(attribute)!);

    private static double Number(XAttribute attribute) =>
        double.Parse(attribute.Value, CultureInfo.InvariantCulture);
}
