package com.jamsocket.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;

/** A window of a {@link Browser}. Elements are named by CSS selectors; what is not there yet is waited for. */
public final class BrowserWindow {

    private static final Duration STEP = Duration.ofMillis(5);

    private final ChromeDriver driver;
    private final String handle;
    private final PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");

    BrowserWindow(ChromeDriver driver, String handle) {
        this.driver = driver;
        this.handle = handle;
    }

    /** Goes to the address, and waits until it is loaded. */
    public void show(URI address) {
        here().get(address.toString());
    }

    /** The size of what it shows, in CSS pixels. */
    public void size(int width, int height) {
        metrics(width, height, 1, false);
    }

    /** As a phone has it: 390 by 844, touched, two pixels for one. */
    public void phone() {
        metrics(390, 844, 2, true);
        command("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
    }

    private void metrics(int width, int height, double scale, boolean mobile) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", mobile));
    }

    /** What its user prefers: {@code light} or {@code dark}. */
    public void colourScheme(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** A command of Chromium's DevTools protocol. */
    public Map<String, Object> command(String name, Map<String, Object> parameters) {
        return here().executeCdpCommand(name, parameters);
    }

    /** What the script returns: the body of a function, which has the arguments as {@code arguments}. */
    public Object run(String script, Object... arguments) {
        return here().executeScript(script, arguments);
    }

    /** The first such element, waited for. */
    public WebElement element(String selector) {
        Eventually.eventually("there is " + selector, () -> count(selector) > 0);
        return here().findElement(By.cssSelector(selector));
    }

    /** How many such elements there are now. */
    public int count(String selector) {
        return here().findElements(By.cssSelector(selector)).size();
    }

    /** What the first such element says now, to those who look; nothing if there is none. */
    public String text(String selector) {
        try {
            return here().findElements(By.cssSelector(selector)).stream()
                    .map(WebElement::getText)
                    .findFirst()
                    .orElse("");
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    /** Waits until the first such element says this, somewhere. */
    public void waitForText(String selector, String text) {
        Eventually.eventually(
                selector + " says " + text, Duration.ofSeconds(30), () -> text(selector), it -> it.contains(text));
    }

    /** Clicks the first such element. */
    public void click(String selector) {
        element(selector).click();
    }

    /** Replaces what the field has, and leaves it by Enter. */
    public void enter(String selector, String text) {
        element(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
    }

    /** Moves the mouse there, in CSS pixels. */
    public void move(int x, int y) {
        here().perform(List.of(new Sequence(mouse, 0).addAction(to(x, y))));
    }

    /** Moves the mouse along these points with its button held, in CSS pixels: x, y, x, y and so on. */
    public void drag(int... points) {
        Sequence path = new Sequence(mouse, 0)
                .addAction(to(points[0], points[1]))
                .addAction(mouse.createPointerDown(MouseButton.LEFT.asArg()));
        for (int i = 2; i < points.length; i += 2) {
            path.addAction(to(points[i], points[i + 1]));
        }
        here().perform(List.of(path.addAction(mouse.createPointerUp(MouseButton.LEFT.asArg()))));
    }

    private org.openqa.selenium.interactions.Interaction to(int x, int y) {
        return mouse.createPointerMove(STEP, Origin.viewport(), x, y);
    }

    /** Writes what it shows to a PNG file. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, here().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes it, as its user would. */
    public void close() {
        here().close();
    }

    private ChromeDriver here() {
        driver.switchTo().window(handle);
        return driver;
    }
}
